package org.posthouse.schema.agent;

/**
 * An agent of NetMail that this version does not have. Its object class, numbers, and edition are fixed already, so that
 * entries of such agents are recognized and licenses can name them.
 *
 * @param id its name in texts
 * @param label NetMail's name
 * @param objectClass the structural class of its entries
 * @param classNumber the last number of the OID of that class
 * @param mibRow its row in POSTHOUSE-MIB
 * @param edition its edition
 * @param icon its symbol in the icon sheet
 */
public record PlannedAgentType(
        String id, String label, String objectClass, int classNumber, int mibRow, Edition edition, String icon)
        implements AgentType {

    @Override
    public boolean isAvailable() {
        return false;
    }
}
