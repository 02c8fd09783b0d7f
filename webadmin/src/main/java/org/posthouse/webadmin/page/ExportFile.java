package org.posthouse.webadmin.page;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.file.Export;
import org.posthouse.webadmin.login.Visitor;

/**
 * The configuration as a file to keep: {@code /export}, of the whole tree or, with {@code dn}, of an object and all below
 * it; {@code users} and {@code comments} as in the API. It only reads, so that a link may lead to it.
 */
@WebServlet(name = "export", urlPatterns = "/export")
public class ExportFile extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Visitor visitor;

    /** For the container. */
    public ExportFile() {}

    @Override
    protected void doGet(HttpServletRequest asked, HttpServletResponse answer) throws IOException {
        Export export;
        try {
            Directory directory = visitor.directory();
            String dn = asked.getParameter("dn");
            Place place = dn == null || dn.isBlank() ? directory.root() : Place.of(dn);
            export = Export.of(directory, place, isAsked(asked, "users"), isAsked(asked, "comments"));
        } catch (Missing | IllegalArgumentException nothing) {
            answer.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        answer.setContentType("application/yaml");
        answer.setCharacterEncoding(StandardCharsets.UTF_8.name());
        answer.setHeader("Content-Disposition", "attachment; filename=\"posthouse.yaml\"");
        answer.setHeader("Cache-Control", "no-store");
        export.to(answer.getWriter());
    }

    private static boolean isAsked(HttpServletRequest asked, String parameter) {
        String value = asked.getParameter(parameter);
        return value != null && !value.equals("false");
    }
}
