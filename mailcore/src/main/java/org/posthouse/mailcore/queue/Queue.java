package org.posthouse.mailcore.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthouse.mailcore.compute.MemoryBudget;
import org.posthouse.mailcore.compute.MemoryShort;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.mailcore.store.StoreFaults;
import org.posthouse.mailcore.store.Vault.Write;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads each mail of the spool from stage to stage: NetMail "Queue". Mail for other systems that could not be sent waits at
 * OUTGOING; mail for users here is tried again from the stage that put it off, so that no stage is skipped. Mail that
 * waited too long goes back to its sender.
 *
 * <p>Mail for other systems, which may be slow, has a lane of its own, so that it never holds up local mail. Logs each
 * outcome that is no delivery.
 */
public final class Queue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Queue.class);
    private static final Duration FAULT_PAUSE = Duration.ofMinutes(1);
    private static final int LOCAL_AT_ONCE = 64;
    private static final int REMOTE_AT_ONCE = 250;
    // Twice as many as the relay calls at a time, so that whoever waits takes over a call.
    private static final int PER_DESTINATION = 20;

    /**
     * A mail that waits, for lists.
     *
     * @param id its id
     * @param stage where it is
     * @param date when it was taken
     * @param nextTry when it is tried again
     * @param size in octets
     * @param sender the reverse path
     * @param recipients who has not got it yet, with the last reply
     */
    public record Waiting(
            String id,
            Stage stage,
            Instant date,
            Instant nextTry,
            int size,
            String sender,
            Map<String, String> recipients) {}

    private final Spool spool;
    private final Supplier<QueueSettings> settings;
    private final Clock clock;
    private final Map<Stage, List<Ranked>> agents = new ConcurrentHashMap<>();
    private final Map<Long, Entry> waiting = new ConcurrentHashMap<>();
    private final Lane local;
    private final Lane remote;
    private final Timetable timetable;
    private final Map<Long, Item> atWork = new ConcurrentHashMap<>();
    private final Meters meters;
    private final LongAdder taken = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder relayed = new LongAdder();
    private final LongAdder bounced = new LongAdder();

    /** A queue on a spool; it does nothing before {@link #start()}. */
    public Queue(Spool spool, Supplier<QueueSettings> settings, Tally tally, Clock clock) {
        this.meters = new Meters(tally);
        this.spool = spool;
        this.settings = settings;
        this.clock = clock;
        this.local = new Lane("queue", new Lane.Limits(LOCAL_AT_ONCE, LOCAL_AT_ONCE), entry -> "", this::work);
        this.remote = new Lane(
                "queue-remote", new Lane.Limits(REMOTE_AT_ONCE, PER_DESTINATION), Entry::destination, this::work);
        this.timetable = new Timetable(clock, this::submit);
        for (Stage stage : Stage.values()) {
            agents.put(stage, List.of());
        }
    }

    /** Has an agent called at a stage, after all that have a rank and those registered before. */
    public void register(Stage stage, StageAgent agent) {
        register(stage, agent, Integer.MAX_VALUE);
    }

    /** Has an agent called at a stage, in the order of the ranks, however late it comes. */
    public void register(Stage stage, StageAgent agent, int rank) {
        agents.computeIfPresent(
                stage,
                (same, before) -> Stream.concat(before.stream(), Stream.of(new Ranked(agent, rank)))
                        .sorted(Comparator.comparingInt(Ranked::rank))
                        .toList());
    }

    /** Calls an agent no more. */
    @SuppressWarnings("ReferenceEquality") // this agent, not one that equals it
    public void deregister(StageAgent agent) {
        agents.replaceAll((stage, before) ->
                before.stream().filter(each -> each.agent() != agent).toList());
    }

    private record Ranked(StageAgent agent, int rank) {}

    /** Takes up what lies in the spool, and from now on what is taken. */
    public void start() {
        spool.whenTaken(this::taken);
        for (Entry kept : spool.entries()) {
            Entry entry = kept.migrated();
            waiting.put(entry.id(), entry);
            timetable.put(entry);
        }
        local.start();
        remote.start();
        timetable.start();
    }

    private void taken(Entry entry, byte[] message) {
        taken.increment();
        meters.queued(entry);
        waiting.put(entry.id(), entry);
        lane(entry).add(entry, message);
    }

    /** Tries everything that waits, now. */
    public void flush() {
        runNow(entry -> true);
    }

    /** Tries everything that waits for a domain, now (RFC 1985). Returns how many mails that is. */
    public int runNow(String domain) {
        String suffix = "@" + domain;
        return runNow(entry -> entry.owed().stream()
                .map(each -> each.recipient())
                .anyMatch(recipient -> recipient.kind() == Recipient.Kind.REMOTE
                        && recipient
                                .address()
                                .regionMatches(
                                        true,
                                        recipient.address().length() - suffix.length(),
                                        suffix,
                                        0,
                                        suffix.length())));
    }

    /** Tries one mail now. False when it is not waiting. */
    public boolean run(String id) {
        return runNow(entry -> entry.name().equals(id)) > 0;
    }

    private int runNow(Predicate<Entry> which) {
        var chosen = waiting.values().stream().filter(which).toList();
        chosen.forEach(entry -> timetable.take(entry.id()).ifPresent(this::submit));
        return chosen.size();
    }

    /** Drops a mail without telling anybody. False when it is not waiting, or at work just now. */
    public boolean remove(String id) {
        Optional<Entry> found = waiting.values().stream()
                .filter(entry -> entry.name().equals(id))
                .findFirst()
                .flatMap(entry -> timetable.take(entry.id()));
        found.ifPresent(entry -> {
            spool.commit(spool.removing(entry));
            waiting.remove(entry.id());
        });
        return found.isPresent();
    }

    /** What waits, the oldest first. */
    public List<Waiting> list() {
        return waiting.values().stream()
                .sorted((one, two) -> Long.compare(one.id(), two.id()))
                .map(Queue::shown)
                .toList();
    }

    private static Waiting shown(Entry entry) {
        var recipients = new LinkedHashMap<String, String>();
        entry.owed()
                .forEach(each -> recipients.put(each.recipient().address(), (each.reply() + " " + each.why()).strip()));
        return new Waiting(
                entry.name(),
                entry.stage(),
                entry.envelope().date(),
                entry.nextTry(),
                entry.size(),
                entry.envelope().sender(),
                recipients);
    }

    /** How many mails wait or are at work: what {@link #figures()} calls "waiting", without looking at each of them. */
    public long length() {
        return waiting.size();
    }

    /** The figures of the board; counters since the start. */
    public Map<String, Long> figures() {
        var figures = new LinkedHashMap<String, Long>();
        Instant now = clock.instant();
        long oldest = waiting.values().stream()
                .mapToLong(
                        entry -> Duration.between(entry.envelope().date(), now).toSeconds())
                .max()
                .orElse(0);
        figures.put("waiting", length());
        figures.put("oldestSeconds", Math.max(0, oldest));
        figures.put("taken", taken.sum());
        figures.put("delivered", delivered.sum());
        figures.put("relayed", relayed.sum());
        figures.put("bounced", bounced.sum());
        Map<Stage, Long> stages =
                waiting.values().stream().collect(Collectors.groupingBy(this::stage, Collectors.counting()));
        int number = 0;
        for (Stage stage : Stage.values()) {
            figures.put("stage" + number++, stages.getOrDefault(stage, 0L));
        }
        return figures;
    }

    // On disk a mail is at the stage where it was taken or waits; whoever works on it knows better.
    private Stage stage(Entry entry) {
        Item item = atWork.get(entry.id());
        return item == null ? entry.stage() : item.stage();
    }

    /** The names of the agents at a stage. */
    public List<String> agents(Stage stage) {
        return at(stage).stream().map(StageAgent::name).toList();
    }

    /** Takes up nothing more and waits for what is at work. What remains stays in the spool. */
    public void close(Duration drain) {
        timetable.close();
        local.close(drain);
        remote.close(drain);
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }

    private void submit(Entry entry) {
        lane(entry).add(entry, null);
    }

    private Lane lane(Entry entry) {
        return entry.isRemote() ? remote : local;
    }

    private List<StageAgent> at(Stage stage) {
        return agents.getOrDefault(stage, List.of()).stream().map(Ranked::agent).toList();
    }

    // One attempt at one mail, whatever happens in it: a fault of ours must lose nothing and is tried again.
    private void work(Entry entry, byte @org.jspecify.annotations.Nullable [] octets) {
        // Twice its size: a delivery puts a field on top.
        try (var _ = memory(entry)) {
            byte[] message = octets == null ? spool.message(entry) : octets;
            var item = new Item(entry, message, new Books());
            atWork.put(entry.id(), item);
            if (entry.wasTried() && isTooOld(entry)) {
                giveUp(item);
            } else {
                lead(item);
            }
            conclude(item);
        } catch (MemoryShort busy) {
            LOG.info("{} waits a minute: {}", entry.name(), busy.getMessage());
            later(entry.at(entry.stage(), clock.instant().plus(FAULT_PAUSE)));
        } catch (StoreFailure fault) {
            StoreFaults.note(entry.name() + " is retried in a minute", fault);
            later(entry.at(entry.stage(), clock.instant().plus(FAULT_PAUSE)));
        } catch (RuntimeException fault) {
            meters.fault();
            LOG.error("{} failed; it is retried in a minute", entry.name(), fault);
            later(entry.at(entry.stage(), clock.instant().plus(FAULT_PAUSE)));
        } finally {
            atWork.remove(entry.id());
        }
    }

    private static MemoryBudget.Grant memory(Entry entry) {
        long octets = 2L * entry.size();
        return entry.isRemote() ? MemoryBudget.forOutgoing(octets) : MemoryBudget.forMessage(octets);
    }

    private boolean isTooOld(Entry entry) {
        return entry.envelope().date().plus(settings.get().retryTimeout()).isBefore(clock.instant());
    }

    private void giveUp(Item item) {
        item.enter(Stage.RETURN);
        item.entry()
                .owed()
                .forEach(each -> item.settle(
                        each.recipient(),
                        new Outcome.Never(
                                "554 5.4.7 Too long in the queue. Last answer: " + each.reply(), each.why())));
    }

    private void lead(Item item) {
        Stage first = item.stage();
        Stage last = first == Stage.OUTGOING ? Stage.OUTGOING : Stage.DELIVER;
        for (Stage stage : Stage.values()) {
            if (stage.compareTo(first) >= 0 && stage.compareTo(last) <= 0) {
                item.enter(stage);
                at(stage).forEach(agent -> handle(agent, item));
            }
        }
    }

    private void handle(StageAgent agent, Item item) {
        if (item.pending().isEmpty()) {
            return;
        }
        try {
            agent.handle(item);
        } catch (RuntimeException fault) {
            meters.fault();
            LOG.error("{} failed on {}", agent.name(), item.id(), fault);
            item.pending()
                    .forEach(recipient ->
                            item.settle(recipient, new Outcome.Later("451 4.3.0 internal error", agent.name())));
        }
    }

    // Reports and what is left of the mail are one commit: a sender hears of a failure once.
    private void conclude(Item item) {
        item.outcomes().forEach((recipient, outcome) -> count(item, recipient, outcome));
        meters.settled(item);
        var batch = new ArrayList<Write>();
        var fresh = new LinkedHashMap<Entry, byte[]>();
        for (Bounce report : Bounce.ofAttempt(item, settings.get(), clock.instant())) {
            Entry entry = spool.entry(report.envelope(), report.message().length);
            fresh.put(entry, report.message());
            batch.addAll(spool.adding(entry, report.message()));
        }
        List<Owed> left = item.isRemoved() ? List.of() : left(item);
        Entry rest =
                item.entry().owing(left).at(item.next(left), clock.instant().plus(wait(left)));
        if (!item.isRemoved()) {
            batch.addAll(left.isEmpty() ? spool.removing(rest) : spool.changing(rest));
        }
        if (!batch.isEmpty()) {
            spool.commit(batch);
        }
        fresh.forEach(spool::announce);
        if (left.isEmpty()) {
            waiting.remove(rest.id());
        } else {
            later(rest);
        }
    }

    private List<Owed> left(Item item) {
        var outcomes = item.outcomes();
        var warned = Bounce.delayed(item, settings.get(), clock.instant());
        return item.left().stream()
                .filter(each -> !(outcomes.get(each.recipient()) instanceof Outcome.Never))
                .map(each -> warned.contains(each.recipient())
                        ? new Owed(each.recipient().warned(), each.reply(), each.why())
                        : each)
                .toList();
    }

    // What is wrong here at home, such as a directory that is down, is mostly over soon.
    private Duration wait(List<Owed> left) {
        Duration interval = settings.get().retryInterval();
        Duration minute = Duration.ofMinutes(1);
        boolean local = left.stream().anyMatch(each -> each.recipient().kind() != Recipient.Kind.REMOTE);
        return local && interval.compareTo(minute) > 0 ? minute : interval;
    }

    private void later(Entry entry) {
        waiting.put(entry.id(), entry);
        timetable.put(entry);
    }

    private void count(Item item, Recipient recipient, Outcome outcome) {
        switch (outcome) {
            case Outcome.Delivered _ -> delivered.increment();
            case Outcome.Relayed _ -> relayed.increment();
            case Outcome.Handed _ -> {}
            case Outcome.Never _ -> bounced.increment();
            case Outcome.Later _ -> LOG.info("{} for <{}> waits: {}", item.id(), recipient.address(), outcome);
        }
    }

    /** What settling means on disk. */
    private final class Books implements Item.Ledger {

        @Override
        public Item.Step delivering(Item item, Recipient recipient, boolean last) {
            List<Write> own = last
                    ? spool.removing(item.entry())
                    : spool.changing(item.entry().owing(item.left(recipient)));
            return Bounce.ofDelivery(item, recipient, settings.get(), clock.instant())
                    .map(news -> withNews(own, news))
                    .orElseGet(() -> new Item.Step(own, () -> {}));
        }

        private Item.Step withNews(List<Write> own, Bounce news) {
            Entry entry = spool.entry(news.envelope(), news.message().length);
            var batch = new ArrayList<>(own);
            batch.addAll(spool.adding(entry, news.message()));
            return new Item.Step(batch, () -> spool.announce(entry, news.message()));
        }

        @Override
        public void note(Item item) {
            spool.commit(spool.changing(item.entry().owing(item.left())));
        }
    }
}
