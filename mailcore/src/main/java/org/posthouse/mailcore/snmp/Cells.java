package org.posthouse.mailcore.snmp;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;

/** Everything that can be asked for, in the order in which it is walked. */
final class Cells {

    private static final long LARGEST = 0xFFFF_FFFFL;

    private final NavigableMap<OID, Variable> all = new TreeMap<>();

    NavigableMap<OID, Variable> all() {
        return all;
    }

    void put(OID at, Variable value) {
        all.put(at, value);
    }

    void text(OID at, String value) {
        put(at, new OctetString(value.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    void number(OID at, int value) {
        put(at, new Integer32(value));
    }

    void gauge(OID at, long value) {
        put(at, new Gauge32(Math.clamp(value, 0, LARGEST)));
    }

    /** A counter of 32 bits begins anew when it is full, RFC 2578 7.1.6. */
    void counter(OID at, long value) {
        put(at, new Counter32(value & LARGEST));
    }

    void large(OID at, long value) {
        put(at, new Counter64(value));
    }

    void ticks(OID at, long value) {
        put(at, new TimeTicks(value & LARGEST));
    }

    /** The cell of a table: its entry, the column, the row. */
    static OID cell(OID entry, int column, int... row) {
        OID cell = new OID(entry);
        cell.append(column);
        for (int part : row) {
            cell.append(part);
        }
        return cell;
    }
}
