@NullMarked
package org.posthouse.mailcore.snmp;

import org.jspecify.annotations.NullMarked;
