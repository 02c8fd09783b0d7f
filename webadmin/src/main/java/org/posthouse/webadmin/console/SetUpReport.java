package org.posthouse.webadmin.console;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.login.Installed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the launcher whether set-up was done, which it prints. */
@ApplicationScoped
public class SetUpReport {

    private static final Logger LOG = LoggerFactory.getLogger(SetUpReport.class);
    private static final String NAME = "org.posthouse:type=SetUp";

    @Inject
    private Installed installed;

    private volatile String reason = "";

    /** For CDI. */
    public SetUpReport() {}

    /** At the start of the console. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object ready) {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new StandardMBean(new Answer(), SetUpMXBean.class, true), new ObjectName(NAME));
        } catch (JMException taken) {
            LOG.warn("The launcher cannot be told whether set-up was done", taken);
        }
    }

    private final class Answer implements SetUpMXBean {

        @Override
        public String getState() {
            return state();
        }

        @Override
        public String getReason() {
            return reason;
        }
    }

    private String state() {
        try {
            Directory directory = installed.directory();
            reason = "";
            if (directory.read(directory.administrators()).isPresent()) {
                return "DONE";
            }
            return directory.count(directory.internetServices(), Set.of(Kind.WEBADMIN_SERVER), 1) > 0
                    ? "ORPHANED"
                    : "OPEN";
        } catch (DirectoryException down) {
            reason = String.valueOf(down.getMessage());
            return "UNKNOWN";
        }
    }

    @PreDestroy
    void stop() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
        } catch (JMException gone) {
            LOG.debug("It was not registered", gone);
        }
    }
}
