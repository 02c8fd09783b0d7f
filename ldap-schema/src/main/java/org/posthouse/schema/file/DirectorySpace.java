package org.posthouse.schema.file;

/** The free space that the embedded directory needs: with less, it can be read but refuses changes. */
public final class DirectorySpace {

    private static final long LEAST = 20L << 20;
    private static final long MOST = 100L << 20;
    private static final int PART = 50;

    private DirectorySpace() {}

    /** The free octets that changes require on a volume of {@code total} octets: a fiftieth, from 20 MB to 100 MB. */
    public static long required(long total) {
        return Math.clamp(total / PART, LEAST, MOST);
    }
}
