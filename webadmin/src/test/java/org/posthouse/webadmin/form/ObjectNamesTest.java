package org.posthouse.webadmin.form;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.panel.ServerIdentification;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** A name stands for the one object that has it, and wizards begin with what is most likely wanted. */
class ObjectNamesTest {

    private final House house = new House();
    private final ObjectNames names = new ObjectNames(house.directory);

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aUniqueNameStandsForItsObjectInAnyCase() {
        assertEquals(house.host.toString(), names.resolved(Set.of(Kind.HOST_SERVER), " HOST1 "));
        assertEquals(Optional.empty(), names.problem(Set.of(Kind.HOST_SERVER), "host1"));
    }

    @Test
    void aNameOfAnotherKindOrOnlyPartOfANameStandsForNothing() {
        assertEquals("admin", names.resolved(Set.of(Kind.HOST_SERVER), "admin"));
        assertEquals(Optional.of("does not exist"), names.problem(Set.of(Kind.HOST_SERVER), "admin"));
        assertEquals(Optional.of("does not exist"), names.problem(Set.of(Kind.HOST_SERVER), "host"));
    }

    @Test
    void aNameThatTwoObjectsHaveIsNotGuessed() {
        Place other = house.directory.root().child("o", "Other");
        house.directory.create(new NewObject(other, Kind.ORGANIZATION, Map.of()));
        house.directory.create(new NewObject(other.child("cn", "host1"), Kind.HOST_SERVER, Map.of()));
        assertEquals("host1", names.resolved(Set.of(Kind.HOST_SERVER), "host1"));
        assertEquals(
                Optional.of("is the name of several objects; enter the distinguished name of the one you mean: "
                        + house.host + "; " + other.child("cn", "host1")),
                names.problem(Set.of(Kind.HOST_SERVER), "host1"));
    }

    @Test
    void distinguishedNamesAndTextsOfOtherOptionsStay() {
        var panel = Kind.catalogue().panel(ServerIdentification.class);
        assertEquals(
                List.of("host1"), names.resolved(panel.option("officialDomain").orElseThrow(), List.of("host1")));
        assertEquals(
                List.of("cn=gone,dc=posthouse"),
                names.resolved(panel.option("hostServer").orElseThrow(), List.of("cn=gone,dc=posthouse")));
        assertEquals(
                List.of(house.host.toString()),
                names.resolved(panel.option("hostServer").orElseThrow(), List.of("host1")));
    }

    @Test
    void aServerIsProposedWithTheNextNameTheOnlyHostAndItsCreatorAsPostmaster() {
        Creation creation = Creation.of(
                house.directory, house.directory.internetServices(), Kind.MESSAGING_SERVER, Optional.of(house.admin));
        assertEquals(
                List.of("mail2", house.host.toString(), house.admin.toString(), ""),
                creation.steps().getFirst().asks().stream().map(Ask::proposal).toList());
        assertEquals(1, creation.steps().size(), "all on one page");
    }

    @Test
    void noHostIsProposedWhereThereAreTwo() {
        house.directory.create(
                new NewObject(house.host.parent().orElseThrow().child("cn", "host2"), Kind.HOST_SERVER, Map.of()));
        Creation creation = Creation.of(
                house.directory, house.directory.internetServices(), Kind.MESSAGING_SERVER, Optional.empty());
        assertEquals(
                List.of("mail2", "", "", ""),
                creation.steps().getFirst().asks().stream().map(Ask::proposal).toList());
    }
}
