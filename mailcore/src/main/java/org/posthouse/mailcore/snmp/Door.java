package org.posthouse.mailcore.snmp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import org.posthouse.mailcore.logging.RepeatedFault;
import org.posthouse.schema.value.TrapDestination;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.CommunityTarget;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.Target;
import org.snmp4j.UserTarget;
import org.snmp4j.agent.CommandProcessor;
import org.snmp4j.agent.DefaultMOServer;
import org.snmp4j.agent.DuplicateRegistrationException;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.DefaultCounterListener;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/** One UDP port that answers managers, with the keys of one moment; and the way out for notifications. */
final class Door implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final RepeatedFault FAULTS = new RepeatedFault(LOG, Clock.systemUTC());

    private final Snmp session;
    private final Keys keys;

    private Door(Snmp session, Keys keys) {
        this.session = session;
        this.keys = keys;
    }

    /**
     * Opens it.
     *
     * @param engine the SNMP engine's name, RFC 3411 5
     * @param boots how often it began, which must never sink: RFC 3414 2.2
     * @param tree what can be read
     * @param refused told when somebody has no right to ask
     * @throws IOException when the port cannot be had
     */
    static Door open(InetSocketAddress at, byte[] engine, int boots, Keys keys, LiveTree tree, Runnable refused)
            throws IOException {
        var protocols = new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.defaultSecurity);
        protocols.addAuthenticationProtocol(new AuthHMAC192SHA256());
        protocols.addPrivacyProtocol(new PrivAES128());
        var counters = new CounterSupport();
        counters.addCounterListener(new DefaultCounterListener());
        var name = new OctetString(engine);
        var usm = new USM(protocols, name, boots, counters);
        keys.user()
                .ifPresent(user -> usm.addUser(new UsmUser(
                        user.securityName(),
                        AuthHMAC192SHA256.ID,
                        new OctetString(user.authentication()),
                        PrivAES128.ID,
                        new OctetString(user.privacy()))));
        var models = new SecurityModels();
        models.addSecurityModel(usm);
        var dispatcher = new MessageDispatcherImpl();
        if (keys.community().isPresent()) {
            dispatcher.addMessageProcessingModel(new MPv2c());
        }
        if (keys.user().isPresent()) {
            dispatcher.addMessageProcessingModel(
                    new MPv3(engine, new org.snmp4j.util.DefaultPDUFactory(), protocols, models, counters));
        }
        dispatcher.addAuthenticationFailureListener(new Alarm(refused));
        dispatcher.addCommandResponder(answering(name, new Gatekeeper(keys, name, refused), tree));
        var session = new Snmp(dispatcher);
        session.addTransportMapping(new DefaultUdpTransportMapping(new UdpAddress(at.getAddress(), at.getPort())));
        session.listen();
        return new Door(session, keys);
    }

    private static CommandProcessor answering(OctetString engine, Gatekeeper gatekeeper, LiveTree tree) {
        var server = new DefaultMOServer();
        server.addContext(new OctetString());
        try {
            server.register(tree, new OctetString());
        } catch (DuplicateRegistrationException impossible) {
            throw new IllegalStateException(impossible);
        }
        var processor = new CommandProcessor(engine);
        processor.addMOServer(server);
        processor.setVacm(gatekeeper);
        processor.setCoexistenceProvider(gatekeeper);
        return processor;
    }

    /** Sends a notification to each destination; those that cannot be reached are logged. */
    void tell(List<TrapDestination> destinations, List<VariableBinding> what) {
        for (TrapDestination destination : destinations) {
            try {
                session.send(notification(what), target(destination));
            } catch (IOException | RuntimeException unreachable) {
                FAULTS.note(destination.toString(), "No notification to " + destination + ": " + unreachable);
            }
        }
    }

    private PDU notification(List<VariableBinding> what) {
        PDU notification = keys.user().isPresent() ? new ScopedPDU() : new PDU();
        notification.setType(PDU.NOTIFICATION);
        notification.addAll(what);
        return notification;
    }

    private Target<UdpAddress> target(TrapDestination destination) throws IOException {
        var to = new UdpAddress(java.net.InetAddress.getByName(destination.host()), destination.port());
        if (keys.user().isPresent()) {
            var target = new UserTarget<UdpAddress>();
            target.setAddress(to);
            target.setVersion(SnmpConstants.version3);
            target.setSecurityLevel(SecurityLevel.AUTH_PRIV);
            target.setSecurityModel(SecurityModel.SECURITY_MODEL_USM);
            target.setSecurityName(keys.user().get().securityName());
            return target;
        }
        var target = new CommunityTarget<>(to, new OctetString(keys.community().orElse("")));
        target.setVersion(SnmpConstants.version2c);
        return target;
    }

    /** The two bindings every notification begins with, RFC 3416 4.2.6. */
    static List<VariableBinding> beginning(long ticks, OID kind) {
        return List.of(
                new VariableBinding(SnmpConstants.sysUpTime, new org.snmp4j.smi.TimeTicks(ticks & 0xFFFF_FFFFL)),
                new VariableBinding(SnmpConstants.snmpTrapOID, kind));
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (IOException harmless) {
            LOG.debug("An SNMP port did not close cleanly", harmless);
        }
    }
}
