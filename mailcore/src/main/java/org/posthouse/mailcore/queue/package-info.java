/**
 * Mail on its way: a durable spool, the ten stages of NetMail, retries and bounces.
 *
 * <p>{@link org.posthouse.mailcore.queue.Spool} keeps it on disk, {@link org.posthouse.mailcore.queue.Queue} leads it
 * from stage to stage; stage agents work on one {@link org.posthouse.mailcore.queue.Item} at a time.
 */
@NullMarked
package org.posthouse.mailcore.queue;

import org.jspecify.annotations.NullMarked;
