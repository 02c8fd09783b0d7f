/** NetMail's {@code ims}: the program that runs the engine of one host, alone or inside {@code posthouse run}. */
@NullMarked
package org.posthouse.mailcore.ims;

import org.jspecify.annotations.NullMarked;
