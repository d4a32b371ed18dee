package example.backstory;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;

/**
 * Holds FHIR resources to R4 and to the profiles of this project.
 *
 * <p>Usage: Validate DEFINITIONS INPUT [INPUT ...]. DEFINITIONS is a folder list, divided by commas. An INPUT is a
 * .json or .ndjson file or a folder of them; "profiled:" before it holds every resource, and every resource inside a
 * Bundle, to our profile of its type as well. Exit code 0: no error; 1: at least one; 2: nothing was read.
 */
public final class Validate {
  private static final String PROFILED = "profiled:";

  /**
   * What HAPI 8.8 holds to be a mistake and is none: it says the first of every definition of an extension, those of
   * FHIR itself included; and the binding of Expression.language is extensible and takes any media type.
   */
  private static final List<String> NO_MISTAKES =
      List.of(
          "Error generating Snapshot: Unable to resolve package id hl7.fhir.r4.core#null",
          "Unknown code 'http://hl7.org/fhir/expression-language#application/toml'");

  private final FhirContext fhir = FhirContext.forR4();
  private final Map<String, String> profiles = new HashMap<>();
  private final Map<String, Integer> warnings = new TreeMap<>();
  private final FhirValidator validator;
  private int read = 0;
  private int errors = 0;

  private Validate(String definitions) throws IOException {
    PrePopulatedValidationSupport ours = new PrePopulatedValidationSupport(fhir);
    for (String folder : definitions.split(",")) {
      for (Path file : files(Path.of(folder), 1)) {
        IBaseResource resource = fhir.newJsonParser().parseResource(Files.readString(file));
        ours.addResource(resource);
        if (resource instanceof StructureDefinition profile && !"Extension".equals(profile.getType())) {
          profiles.merge(profile.getType(), profile.getUrl(), (one, other) -> one.length() < other.length() ? one : other);
        }
      }
    }
    // SNOMED CT, LOINC and the ICDs are not at hand here: their codes give a warning, codes of our own systems an error.
    UnknownCodeSystemWarningValidationSupport unknown = new UnknownCodeSystemWarningValidationSupport(fhir);
    unknown.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
    FhirInstanceValidator module =
        new FhirInstanceValidator(
            new ValidationSupportChain(
                ours,
                new DefaultProfileValidationSupport(fhir),
                new CommonCodeSystemsTerminologyService(fhir),
                new InMemoryTerminologyServerValidationSupport(fhir),
                new SnapshotGeneratingValidationSupport(fhir),
                unknown));
    module.setErrorForUnknownProfiles(true);
    module.setAnyExtensionsAllowed(false);
    module.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
    validator = fhir.newValidator().registerValidatorModule(module);
  }

  public static void main(String[] args) throws IOException {
    Validate run = new Validate(args[0]);
    for (int i = 1; i < args.length; i++) {
      boolean profiled = args[i].startsWith(PROFILED);
      for (Path file : files(Path.of(profiled ? args[i].substring(PROFILED.length()) : args[i]), Integer.MAX_VALUE)) {
        run.hold(file, profiled);
      }
    }
    run.warnings.forEach((message, times) -> System.out.println("warning (" + times + " times): " + message));
    System.out.println(run.read + " resources held, " + run.errors + " errors");
    System.exit(run.read == 0 ? 2 : run.errors > 0 ? 1 : 0);
  }

  private static List<Path> files(Path place, int depth) throws IOException {
    try (Stream<Path> found = Files.walk(place, depth)) {
      return found.filter(file -> file.toString().matches(".*\\.(nd)?json")).sorted().toList();
    }
  }

  private void hold(Path file, boolean profiled) throws IOException {
    List<String> texts = new ArrayList<>();
    if (file.toString().endsWith(".ndjson")) {
      Files.readAllLines(file).stream().filter(line -> !line.isBlank()).forEach(texts::add);
    } else {
      texts.add(Files.readString(file));
    }
    for (int i = 0; i < texts.size(); i++) {
      String where = texts.size() > 1 ? file.getFileName() + ":" + (i + 1) : file.getFileName().toString();
      IBaseResource resource = fhir.newJsonParser().parseResource(texts.get(i));
      // The text itself, not what the parser made of it: the parser drops what it does not know.
      tell(where, validator.validateWithResult(texts.get(i), options(profiled, resource)).getMessages());
      if (resource instanceof Bundle bundle && profiled) {
        for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
          Resource inner = entry.getResource();
          if (inner != null && profiles.containsKey(inner.fhirType())) {
            String text = fhir.newJsonParser().encodeResourceToString(inner);
            tell(where + " " + entry.getFullUrl(), validator.validateWithResult(text, options(true, inner)).getMessages());
          }
        }
      }
    }
  }

  private ValidationOptions options(boolean profiled, IBaseResource resource) {
    ValidationOptions options = new ValidationOptions();
    // What declares a profile is held to that one; of one type there may be several.
    boolean declared = !resource.getMeta().getProfile().isEmpty();
    return profiled && !declared ? options.addProfileIfNotBlank(profiles.get(resource.fhirType())) : options;
  }

  private void tell(String where, List<SingleValidationMessage> messages) {
    read++;
    for (SingleValidationMessage message : messages) {
      boolean mistake = NO_MISTAKES.stream().noneMatch(message.getMessage()::startsWith);
      if (mistake && message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0) {
        errors++;
        System.out.println(where + " " + message.getLocationString() + ": " + message.getMessage());
      } else if (mistake && message.getSeverity() == ResultSeverityEnum.WARNING) {
        warnings.merge(message.getMessage(), 1, Integer::sum);
      }
    }
  }
}
