/**
 * The engine of one host: builds and introduces everything, starts, changes, restarts and stops the agents of its
 * messaging servers, and says on the status board what is in force. {@link org.posthouse.mailcore.engine.Assembly} is the
 * place where all is put together by hand.
 */
@NullMarked
package org.posthouse.mailcore.engine;

import org.jspecify.annotations.NullMarked;
