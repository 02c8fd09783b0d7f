package org.posthouse.webadmin.page;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.certificate.KeyKind;
import org.posthouse.schema.certificate.NotUsable;
import org.posthouse.schema.certificate.Upload;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.webadmin.certificate.Particulars;
import org.posthouse.webadmin.certificate.ServerCertificate;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.words.Words;
import org.primefaces.PrimeFaces;
import org.primefaces.model.file.UploadedFile;
import org.primefaces.model.file.UploadedFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate of a server on its Security page, and the dialogs that make, ask for, install and remove it. */
@Named
@ViewScoped
public class CertificatePage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(CertificatePage.class);

    @Inject
    private Visitor visitor;

    @Inject
    private ChangeServices changeServices;

    @Inject
    private Installed installed;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private ObjectPage objectPage;

    @Inject
    private PanelPage panelPage;

    private boolean requesting;
    private String names = "";
    private KeyKind key = KeyKind.EC;
    private int days = ServerCertificate.DAYS;
    private String pem = "";
    private String password = "";
    private String problem = "";
    private transient @Nullable UploadedFiles files;

    private ServerCertificate certificate() {
        return ServerCertificate.of(changeServices.by(visitor.directory(), visitor.getPlace()), objectPage.getEntry());
    }

    private Instant now() {
        return installed.clock().instant();
    }

    /** What there is to say of the certificate; null when none is installed or what is cannot be read. */
    public @Nullable Particulars getParticulars() {
        try {
            return certificate()
                    .chain()
                    .map(chain -> Particulars.of(chain, now()))
                    .orElse(null);
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    /** The request that waits for its answer; "" for none. */
    public String getRequest() {
        return certificate().request().orElse("");
    }

    /** Opens the dialog for a self-signed certificate, or for a request to an authority. */
    public void make(boolean request) {
        requesting = request;
        problem = "";
        names = String.join("\n", certificate().proposedNames());
    }

    /** Opens the dialog to install a certificate. */
    public void upload() {
        problem = "";
        pem = "";
    }

    /** Makes the certificate, or the request. */
    public void made() {
        List<String> wanted = Stream.of(names.split("[\\s,;]+"))
                .filter(name -> !name.isBlank())
                .toList();
        act(
                requesting ? "asked for" : "made self-signed",
                certificate -> requesting
                        ? certificate.makeRequest(wanted, key)
                        : certificate.makeSelfSigned(wanted, key, days, now()),
                "making");
    }

    /** Installs what was uploaded or pasted. */
    public void install() {
        act("installed", certificate -> certificate.install(uploaded(), now()), "installing");
        password = "";
    }

    /** Gives the request up. */
    public void dropRequest() {
        act("discarded the request for", ServerCertificate::dropRequest, "");
    }

    /** Takes certificate and key away. */
    public void remove() {
        act("removed", ServerCertificate::remove, "removing");
    }

    private Upload uploaded() {
        var contents = new ArrayList<byte[]>();
        UploadedFiles chosen = files;
        if (chosen != null) {
            chosen.getFiles().stream()
                    .filter(file -> file.getSize() > 0)
                    .map(UploadedFile::getContent)
                    .forEach(contents::add);
        }
        if (!pem.isBlank()) {
            contents.add(pem.getBytes(StandardCharsets.UTF_8));
        }
        return contents.stream()
                .map(content -> Upload.read(content, password))
                .reduce(Upload::with)
                .orElseThrow(() -> new NotUsable(words.of("certificate.nothing")));
    }

    private void act(String what, Function<ServerCertificate, Entry> step, String dialog) {
        problem = "";
        Instant at = now();
        banner.during(() -> {
            try {
                Entry saved = step.apply(certificate());
                LOG.info("{} {} the certificate of {}", visitor.getPlace(), what, saved.place());
                panelPage.follow(saved, at);
            } catch (NotUsable unusable) {
                problem = String.valueOf(unusable.getMessage());
            } catch (Refused refused) {
                problem = refused.problems().getFirst().reason();
            }
        });
        if (problem.isEmpty() && !dialog.isEmpty()) {
            PrimeFaces.current().executeScript("PF('" + dialog + "').hide()");
        }
    }

    /** Whether the dialog is for a request. */
    public boolean isRequesting() {
        return requesting;
    }

    /** The kinds of key to choose from. */
    public KeyKind[] getKeys() {
        return KeyKind.values();
    }

    public String getProblem() {
        return words.reason(problem);
    }

    public String getNames() {
        return names;
    }

    public void setNames(@Nullable String names) {
        this.names = names == null ? "" : names;
    }

    public KeyKind getKey() {
        return key;
    }

    public void setKey(KeyKind key) {
        this.key = key;
    }

    public int getDays() {
        return days;
    }

    public void setDays(int days) {
        this.days = days;
    }

    public String getPem() {
        return pem;
    }

    public void setPem(@Nullable String pem) {
        this.pem = pem == null ? "" : pem;
    }

    public String getPassword() {
        return "";
    }

    public void setPassword(@Nullable String password) {
        this.password = password == null ? "" : password;
    }

    public @Nullable UploadedFiles getFiles() {
        return files;
    }

    public void setFiles(@Nullable UploadedFiles files) {
        this.files = files;
    }
}
