/**
 * The message queue: what came in lies in the spool, goes through NetMail's stages, and stays until each recipient's fate is
 * known. Agents take part by implementing {@link org.posthouse.mailcore.queue.StageAgent}; nobody here knows them.
 */
@NullMarked
package org.posthouse.mailcore.queue;

import org.jspecify.annotations.NullMarked;
