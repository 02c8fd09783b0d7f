package org.posthouse.webadmin.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.webadmin.form.Draft;
import org.posthouse.webadmin.form.House;

class FieldTest {

    private House house;
    private Field domains;
    private Draft draft;

    @BeforeEach
    void open() {
        house = new House();
        draft = house.draft(house.smtp, "smtp-identification");
        domains = new Field(draft.panel().option("globalDomains").orElseThrow(), draft);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aShortListIsShownWhole() {
        domains.put("one.example");
        assertFalse(domains.isLong());
        assertEquals(List.of("one.example"), domains.getShown());
        assertEquals(0, domains.getRest());
    }

    @Test
    void ofALongListTheFirstAreShownAndTheRestOnRequest() {
        draft.set(
                "globalDomains",
                IntStream.range(0, 300)
                        .mapToObj(number -> "d" + number + ".example")
                        .toList());
        assertTrue(domains.isLong());
        assertEquals(20, domains.getShown().size());
        assertEquals(280, domains.getRest());
        domains.showMore();
        assertEquals(220, domains.getShown().size());
        domains.setFilter("D29");
        assertEquals(11, domains.getShown().size());
        assertEquals(0, domains.getRest());
        assertEquals(300, domains.getValues().size());
    }

    @Test
    void severalDomainsAreAddedAtOnceAndASentenceAsOneValue() {
        int before = domains.getValues().size();
        domains.setAddition("one.example, two.example three.example");
        assertEquals("", domains.add());
        assertEquals(before + 3, domains.getValues().size());
        Draft user = house.draft(house.admin, "user-identification");
        var notes = new Field(user.panel().option("description").orElseThrow(), user);
        notes.setAddition(" Works in Sales, Berlin ");
        assertEquals("", notes.add());
        assertEquals(List.of("Works in Sales, Berlin"), notes.getValues());
    }

    @Test
    void anAdditionThatAddsNothingHasAReason() {
        assertEquals("list.empty", domains.add());
        domains.setAddition("one.example");
        assertEquals("", domains.add());
        domains.setAddition("one.example");
        assertEquals("list.present", domains.add());
    }
}
