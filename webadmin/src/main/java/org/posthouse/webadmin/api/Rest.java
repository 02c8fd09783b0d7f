package org.posthouse.webadmin.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Everything below {@code /api}. */
@ApplicationPath("api")
public class Rest extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                RequestPath.class,
                BodyLimits.class,
                JsonBody.class,
                Gate.class,
                RequestCheck.class,
                AgeHeader.class,
                ObjectsResource.class,
                PlanResource.class,
                ExportResource.class,
                ApplyResource.class,
                CatalogueResource.class,
                CertificatesResource.class,
                ConfirmationsResource.class,
                LicensesResource.class,
                NimsextResource.class,
                RmboxResource.class,
                StatisticsResource.class,
                StatusResource.class,
                HistoryResource.class,
                HistoryExportResource.class,
                RollbackResource.class,
                HostsResource.class,
                InvitationsResource.class,
                JoinResource.class,
                SignInResource.class,
                SetUpResource.class,
                OpenApiResource.class,
                Refusals.OfDirectory.class,
                Refusals.OfSignIns.class,
                Refusals.OfValues.class,
                Refusals.OfFiles.class,
                Refusals.OfCertificates.class,
                Refusals.OfMalformed.class,
                Refusals.OfContainer.class);
    }
}
