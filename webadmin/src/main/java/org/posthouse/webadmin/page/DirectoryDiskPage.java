package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.file.Path;
import org.posthouse.schema.file.DirectorySpace;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.words.Words;

/** Says on every page that the disk of the embedded directory is full. */
@Named
@RequestScoped
public class DirectoryDiskPage {

    @Inject
    private Installed installed;

    @Inject
    private Words words;

    /** That nothing can be changed, and why; "" while there is enough space, or when the directory is elsewhere. */
    public String getSentence() {
        Path folder = installed.home().resolve("directory");
        return DirectorySpace.shortage(folder)
                .map(found ->
                        words.of("banner.directoryFull", found.free() >> 20, found.required() >> 20, folder.toString()))
                .orElse("");
    }
}
