/**
 * NetMail's installation, made once in each tree: schema, Internet Services, an organisation with its first users'
 * container, the first administrator, this host, and if wanted a messaging server. The set-up page and the command line
 * both go through it.
 */
@NullMarked
package org.posthouse.webadmin.setup;

import org.jspecify.annotations.NullMarked;
