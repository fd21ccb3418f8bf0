package examples.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.zip.GZIPInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

class Requests {
    byte[] whole(HttpServletRequest request) throws IOException {
        return request.getInputStream().readAllBytes(); // want low: reads all there is
    }

    byte[] copied(HttpServletRequest servletRequest) throws IOException {
        InputStream body = servletRequest.getInputStream();
        return IOUtils.toByteArray(body); // want low: reads all there is
    }

    byte[] limited(HttpServletRequest request) throws IOException {
        if (request.getContentLength() > 4096) {
            throw new IOException("too long");
        }
        return request.getInputStream().readAllBytes(); // nothing
    }

    byte[] ofFile(InputStream file) throws IOException {
        return file.readAllBytes(); // nothing
    }

    byte[] written(ByteArrayOutputStream answer) {
        return answer.toByteArray(); // nothing
    }

    byte[] unpacked(InputStream packed) throws IOException {
        return IOUtils.toByteArray(new GZIPInputStream(packed)); // want low: reads all there is
    }

    byte[] unpackedInPart(InputStream packed, int limit) throws IOException {
        return new GZIPInputStream(packed).readNBytes(limit); // nothing
    }

    byte[] fetched(String url) throws IOException {
        URLConnection connection = new URL(url).openConnection();
        return connection.getInputStream().readAllBytes(); // want low: reads all there is
    }

    byte[] byItsNameAlone(HttpServletRequest request) throws IOException {
        return toByteArray(request.getInputStream()); // want low: reads all there is
    }

    private static byte[] toByteArray(InputStream stream) throws IOException {
        return stream.readAllBytes(); // nothing
    }

    byte[] ofOneService() throws IOException {
        URLConnection connection = new URL("https://example.com/version").openConnection();
        return connection.getInputStream().readAllBytes(); // nothing
    }

    byte[] written(Process process) throws IOException {
        return process.getInputStream().readAllBytes(); // nothing: a program of which it is known how much it says
    }

    static class Cached extends HttpServletRequestWrapper {
        private final byte[] bytes;

        Cached(HttpServletRequest request) throws IOException {
            super(request);
            bytes = IOUtils.toByteArray(super.getInputStream()); // want low: reads all there is
        }
    }
}

class IOUtils {
    static byte[] toByteArray(InputStream stream) throws IOException {
        return stream.readAllBytes(); // nothing
    }
}

class CloudConfig {
    byte[] unpacked(InputStream bundle) throws IOException {
        return IOUtils.toByteArray(new GZIPInputStream(bundle)); // nothing: somebody has written it for the program
    }
}
