package example.backstory;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.test.config.TestR4Config;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Usage: RoundTrip CHARTS ANSWERS, two folders with files of the same names. Over HTTP, for each patient: the chart is
 * stored, then the answer as one Bundle, which must be read back unchanged, then its entries as a transaction, which
 * the server takes only if every reference points to something.
 */
public final class RoundTrip {
  public static void main(String[] args) throws Exception {
    AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext(TestR4Config.class);
    FhirContext fhir = spring.getBean(FhirContext.class);
    RestfulServer rest = new RestfulServer(fhir);
    rest.registerProviders(spring.getBean(ResourceProviderFactory.class).createProviders());
    rest.registerProvider(spring.getBean(JpaSystemProvider.class));
    Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
    ServletContextHandler handler = new ServletContextHandler();
    handler.addServlet(new ServletHolder(rest), "/fhir/*");
    server.setHandler(handler);
    server.start();
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    fhir.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
    fhir.getRestfulClientFactory().setSocketTimeout(120_000);
    IGenericClient client = fhir.newRestfulGenericClient("http://127.0.0.1:" + port + "/fhir");

    List<Path> answers;
    try (Stream<Path> found = Files.list(Path.of(args[1]))) {
      answers = found.sorted().toList();
    }
    int differing = 0;
    int stored = 0;
    for (Path file : answers) {
      IParser json = fhir.newJsonParser();
      Bundle chart = json.parseResource(Bundle.class, Files.readString(Path.of(args[0]).resolve(file.getFileName())));
      Bundle answer = json.parseResource(Bundle.class, Files.readString(file));
      try {
        client.transaction().withBundle(transaction(chart, HTTPVerb.PUT)).execute();
        String id = client.create().resource(answer).execute().getId().getIdPart();
        Bundle back = client.read().resource(Bundle.class).withId(id).execute();
        if (!plain(answer, json).equals(plain(back, json))) {
          differing++;
          System.out.println(file.getFileName() + " is read back changed");
        }
        stored += client.transaction().withBundle(transaction(answer, HTTPVerb.POST)).execute().getEntry().size();
      } catch (RuntimeException refused) {
        differing++;
        System.out.println(file.getFileName() + " is refused: " + refused.getMessage());
      }
    }
    System.out.println(answers.size() + " answers, " + stored + " resources stored, " + differing + " mistakes");
    System.exit(answers.isEmpty() ? 2 : differing > 0 ? 1 : 0);
  }

  private static Bundle transaction(Bundle bundle, HTTPVerb verb) {
    Bundle sent = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    for (BundleEntryComponent entry : bundle.getEntry()) {
      Resource resource = entry.getResource();
      String url = verb == HTTPVerb.PUT ? resource.fhirType() + "/" + resource.getIdPart() : resource.fhirType();
      BundleEntryComponent copy = sent.addEntry().setFullUrl(entry.getFullUrl()).setResource(resource.copy());
      copy.getRequest().setMethod(verb).setUrl(url);
      if (verb == HTTPVerb.POST) {
        copy.getResource().setIdElement(null);
      }
    }
    return sent;
  }

  private static String plain(Bundle bundle, IParser json) {
    Bundle copy = bundle.copy();
    copy.setIdElement(null);
    copy.setMeta(null);
    return json.encodeResourceToString(copy);
  }
}
