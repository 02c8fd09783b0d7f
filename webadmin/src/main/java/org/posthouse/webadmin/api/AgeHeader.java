package org.posthouse.webadmin.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import org.posthouse.webadmin.login.Installed;

/** Says how many seconds old the data of an answer is while the directory does not respond (RFC 9111 5.1). */
@Provider
public class AgeHeader implements ContainerResponseFilter {

    @Inject
    private Installed installed;

    /** For the container. */
    public AgeHeader() {}

    @Override
    public void filter(ContainerRequestContext asked, ContainerResponseContext answer) {
        if (asked.getMethod().equals("GET") && answer.getStatus() == 200) {
            installed
                    .outage()
                    .map(outage ->
                            Duration.between(outage.asOf(), installed.clock().instant()))
                    .ifPresent(age -> answer.getHeaders().putSingle("Age", Math.max(0, age.toSeconds())));
        }
    }
}
