package org.posthouse.webadmin.history;

import java.util.List;

/**
 * Some changes, the newest first.
 *
 * @param changes those of this page
 * @param total how many there are on all pages
 * @param next the number before which the next page begins; 0: this is the last one
 */
public record Found(List<Change> changes, int total, long next) {}
