package org.posthouse.schema.address;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.Place;

/**
 * What one person, group, or alias has of a mail system.
 *
 * @param domains by channel and messaging server, the domains in which its address or login name works there
 * @param mailbox where the mailbox is; empty when no running NMAP Agent keeps one
 */
public record Access(Map<Channel, Map<Place, Set<DomainName>>> domains, Optional<MailboxLocation> mailbox) {

    /** Nothing at all. */
    public static final Access NONE = new Access(new EnumMap<>(Channel.class), Optional.empty());

    /**
     * Where a mailbox is on disk.
     *
     * @param server the messaging server whose NMAP Agent keeps it
     * @param host the Host Server on which that runs
     * @param folder the folder of the message store
     */
    public record MailboxLocation(Place server, Place host, String folder) {}

    /** The messaging servers that serve a channel. */
    public Set<Place> servers(Channel channel) {
        return domains.getOrDefault(channel, Map.of()).keySet();
    }

    /** The domains that work over a channel, at whichever server. */
    public Set<DomainName> domains(Channel channel) {
        var all = new HashSet<DomainName>();
        domains.getOrDefault(channel, Map.of()).values().forEach(all::addAll);
        return all;
    }

    /** Whether mail arrives. */
    public boolean receivesMail() {
        return !servers(Channel.MAIL).isEmpty();
    }

    /** The channels over which a login works. */
    public Set<Channel> logins() {
        var channels = new TreeSet<Channel>();
        Arrays.stream(Channel.values())
                .filter(channel -> channel.isLogin() && !servers(channel).isEmpty())
                .forEach(channels::add);
        return channels;
    }
}
