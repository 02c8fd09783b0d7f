/**
 * Mailboxes: what users keep, on an ordered store of keys and values that commits batches whole and durably.
 *
 * <p>A {@link org.posthouse.mailcore.store.Mailbox} is one user's, with folders and numbered messages; its
 * {@link org.posthouse.mailcore.store.Feed} tells sessions what others change.
 */
@NullMarked
package org.posthouse.mailcore.store;

import org.jspecify.annotations.NullMarked;
