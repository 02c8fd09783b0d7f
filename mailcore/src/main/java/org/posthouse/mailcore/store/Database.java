package org.posthouse.mailcore.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.posthouse.mailcore.store.Vault.Area;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.WriteBufferManager;

/** One opened RocksDB with everything that has to be closed with it. Closing it while it is used ends the process. */
final class Database implements AutoCloseable {

    static final byte[] BODIES_FAMILY = "bodies".getBytes(StandardCharsets.US_ASCII);

    private static final long MEMORY = 48L << 20;
    private static final long WRITE_BUFFER = 12L << 20;
    private static final int BLOB_FROM = 1024;

    private final List<RocksObject> owned = new ArrayList<>();
    private final Map<Area, ColumnFamilyHandle> areas = new EnumMap<>(Area.class);
    private final RocksDB db;

    private interface Opening {
        RocksDB open(DBOptions options, List<ColumnFamilyDescriptor> families, List<ColumnFamilyHandle> handles)
                throws RocksDBException;
    }

    private Database(Path temp, boolean bestEffort, Opening opening) throws RocksDBException {
        RocksLibrary.load();
        var cache = own(new LRUCache(MEMORY));
        var handles = new ArrayList<ColumnFamilyHandle>();
        var families =
                List.of(family(RocksDB.DEFAULT_COLUMN_FAMILY, index(cache)), family(BODIES_FAMILY, bodies(cache)));
        this.db = opening.open(options(cache, temp).setBestEffortsRecovery(bestEffort), families, handles);
        areas.put(Area.INDEX, handles.get(0));
        areas.put(Area.BODIES, handles.get(1));
    }

    /** Opens, or begins, the one in a folder, with its diagnostics in another folder. */
    static Database open(Path folder, Path temp) throws RocksDBException {
        return new Database(
                temp,
                false,
                (options, families, handles) -> RocksDB.open(options, folder.toString(), families, handles));
    }

    /** Opens the one in a folder for reading, also while another process has it open. */
    static Database openReadOnly(Path folder) throws RocksDBException {
        return new Database(
                folder,
                false,
                (options, families, handles) ->
                        RocksDB.openReadOnly(options.setDbLogDir(""), folder.toString(), families, handles));
    }

    /** Opens the one in a folder at its last state of which all files are there. */
    static Database openBestEffort(Path folder) throws RocksDBException {
        return new Database(
                folder,
                true,
                (options, families, handles) -> RocksDB.open(options, folder.toString(), families, handles));
    }

    /** Opens the one in a folder for reading what can be read, although some of its files may be damaged. */
    static Database openForSalvage(Path folder) throws RocksDBException {
        return new Database(
                folder,
                false,
                (options, families, handles) -> RocksDB.openReadOnly(
                        options.setDbLogDir("").setParanoidChecks(false), folder.toString(), families, handles));
    }

    RocksDB db() {
        return db;
    }

    ColumnFamilyHandle handle(Area area) {
        ColumnFamilyHandle handle = areas.get(area);
        if (handle == null) {
            throw new IllegalArgumentException("no area " + area);
        }
        return handle;
    }

    private <T extends RocksObject> T own(T object) {
        owned.add(object);
        return object;
    }

    private DBOptions options(LRUCache cache, Path temp) {
        // The write buffers are charged to the cache: one limit for both.
        return own(new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setWriteBufferManager(own(new WriteBufferManager(2 * WRITE_BUFFER, cache)))
                .setMaxBackgroundJobs(2)
                .setMaxTotalWalSize(64L << 20)
                .setBytesPerSync(1 << 20)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(3)
                .setDbLogDir(temp.toString())
                .setMaxOpenFiles(512)
                .setParanoidChecks(true));
    }

    private static ColumnFamilyDescriptor family(byte[] name, ColumnFamilyOptions options) {
        return new ColumnFamilyDescriptor(name, options);
    }

    private ColumnFamilyOptions index(LRUCache cache) {
        return own(new ColumnFamilyOptions()
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setFilterPolicy(own(new BloomFilter(10)))
                        .setFormatVersion(5))
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferSize(WRITE_BUFFER));
    }

    private ColumnFamilyOptions bodies(LRUCache cache) {
        return index(cache)
                .setEnableBlobFiles(true)
                .setMinBlobSize(BLOB_FROM)
                .setBlobFileSize(64L << 20)
                .setBlobCompressionType(CompressionType.LZ4_COMPRESSION)
                .setEnableBlobGarbageCollection(true)
                .setBlobGarbageCollectionAgeCutoff(0.5);
    }

    @Override
    public void close() {
        areas.values().forEach(ColumnFamilyHandle::close);
        db.close();
        owned.reversed().forEach(RocksObject::close);
    }
}
