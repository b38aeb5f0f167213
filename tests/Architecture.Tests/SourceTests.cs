using System.Text.RegularExpressions;
using Gateway.Hosting;
using Gateway.Testing;

namespace Gateway.Architecture.Tests;

/// <summary>House rules that no analyzer knows, read from the sources.</summary>
public partial class SourceTests
{
    private const int MostLines = 250;
    private const int MostLinesOfAHandler = 30;

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold() =>
        Assert.Empty(Sources("src").Where(source => source.Text.Count(letter => letter == '\n') > MostLines).Select(source => source.Path));

    [Fact]
    public void A_file_holds_one_public_type() =>
        Assert.Empty(Sources("src").Where(source => PublicType().Count(source.Text) > 1).Select(source => source.Path));

    [Fact]
    public void Names_say_what_a_thing_is() =>
        Assert.Empty(
            from source in Sources("src") from Match name in EmptyName().Matches(source.Text) select $"{source.Path}: {name.Value}");

    [Fact]
    public void Nothing_is_folded_away() => Assert.Empty(Holding("#region"));

    [Fact]
    public void A_test_is_skipped_for_want_of_real_data_and_for_nothing_else() => Assert.Equal(
        ["tests/Testing/RealData.cs"], Sources("tests").Where(source => Skip().IsMatch(source.Text)).Select(source => source.Path));

    /// <summary>The same sources compile on our data sets and on fo-dicom: which it is, is a global using of the project.</summary>
    [Fact]
    public void Nobody_names_the_dicom_library() =>
        Assert.Empty(
            Sources("src").Where(source => !source.Path.StartsWith("src/Dicom/", StringComparison.Ordinal)
                && DicomLibrary().IsMatch(source.Text)).Select(source => source.Path));

    [Theory, InlineData("Dicom"), InlineData("DicomNetwork"), InlineData("DicomListener")]
    public void Code_that_reads_what_strangers_send_is_memory_safe(string project) =>
        Assert.Empty(Sources($"src/{project}").Where(source => Unsafe().IsMatch(source.Text)).Select(source => source.Path));

    /// <summary>Handlers and the rest of delivery see verdicts; what they mean on the wire is said in one folder a protocol. A derived file
    /// bears the implementation that associations name too, and a FHIR server has the TLS settings of a destination.</summary>
    [Fact]
    public void A_protocol_of_delivery_is_known_in_its_own_folder_and_to_the_composition_alone() => Assert.Equal(
        ["src/TranslationWorker/Delivery/DeliveryExtensions.cs", "src/TranslationWorker/Derived/DerivedSeriesWriter.cs",
            "src/TranslationWorker/Fhir/Server/FhirServerOptions.cs"],
        from source in Sources("src/TranslationWorker")
        where !source.Path.StartsWith("src/TranslationWorker/Delivery/CStore/", StringComparison.Ordinal)
            && !source.Path.StartsWith("src/TranslationWorker/Delivery/StowRs/", StringComparison.Ordinal)
            && DeliveryProtocol().IsMatch(source.Text)
        orderby source.Path
        select source.Path);

    /// <summary>A renamed handler is a renamed queue: what waits in the old one is handled by nobody.</summary>
    [Fact]
    public void Queues_keep_their_names() => Assert.Equal(
        [
            "DeliverSeries -> deliver-series",
            "ModelActivated -> model-activated",
            "ModelTrained -> model-trained",
            "PublishImagingStudy -> publish-imaging-study",
            "RequestCommitment -> request-commitment",
            "ResultJudged -> result-judged",
            "SendToFhirServer -> send-to-fhir-server",
            "SeriesReleased -> series-released",
            "SeriesSent -> series-sent",
            "SeriesTranslated -> series-translated",
            "ShadowSeries -> shadow-series",
            "StudyReceived -> study-received",
            "TrainModel -> train-model",
            "TranslateSeries -> translate-series",
        ],
        from source in Sources("src")
        where !source.Path.StartsWith("src/Hosting/", StringComparison.Ordinal)
        from Match handler in Handler().Matches(source.Text)
        let type = handler.Groups[1].Value
        orderby type
        select $"{handler.Groups[2].Value} -> {HandlerExtensions.EndpointOf(type)}");

    /// <summary>A state that is assigned beside the table is a way of a series that the table does not know.</summary>
    [Fact]
    public void The_state_of_a_series_is_written_in_one_place() => Assert.Equal(
        ["src/Persistence/Life/SeriesMove.cs"],
        Sources("src").Where(source => WritesSeriesState().IsMatch(source.Text)).Select(source => source.Path));

    /// <summary>Read, act, publish: what needs more is a class of its own beside the handlers.</summary>
    [Fact]
    public void A_handler_is_read_at_a_glance() => Assert.Empty(
        Sources("src").Where(source => source.Path.EndsWith("Handler.cs", StringComparison.Ordinal) && Handler().IsMatch(source.Text))
            .Where(source => source.Text.Count(letter => letter == '\n') > MostLinesOfAHandler).Select(source => source.Path));

    [Fact]
    public void A_program_closes_what_it_writes_to_others_before_it_does_anything() => Assert.Empty(
        Sources("src").Where(
            source => Path.GetFileName(source.Path) == "Program.cs" && FirstStatement().Match(source.Text).Value != "PrivateFiles.Keep();")
            .Select(source => source.Path));

    private static IEnumerable<string> Holding(string text) =>
        Sources("src").Concat(Sources("tests"))
            .Where(source => source.Text.Contains(text, StringComparison.Ordinal)
                && !source.Path.EndsWith("SourceTests.cs", StringComparison.Ordinal)).Select(source => source.Path);

    internal static IEnumerable<(string Path, string Text)> Sources(string folder) =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Repository.Root, file)
        where !path.EndsWith(".Generated.cs", StringComparison.Ordinal)
            && !path.Split('/').Any(part => part is "obj" or "bin" or "Migrations")
        select (path, File.ReadAllText(file));

    [GeneratedRegex(@"\bAssert\.Skip|\bSkip(?:Unless|When|Exceptions)? =")]
    private static partial Regex Skip();

    // An update in SQL, a setter of EF Core's, or a state given to a series that is new, but for the table's own first one.
    [GeneratedRegex(@"UPDATE series SET state|SetProperty\(\w+ => \w+\.State, (target|\w*SeriesState)|\bState = SeriesState\.")]
    private static partial Regex WritesSeriesState();

    [GeneratedRegex(@"^public (?:\w+ )*(?:class|record|struct|interface|enum|delegate) ", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\b(?:class|record|struct|interface) \w*(?:Helpers?|Manager|Utils?|Utilities|Base)\b")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"^(?!using |\s*$|//).*$", RegexOptions.Multiline)]
    private static partial Regex FirstStatement();

    [GeneratedRegex(@"\b(?:using |namespace )?(?:Gateway\.Dicom[;.]|FellowOakDicom\b)")]
    private static partial Regex DicomLibrary();

    [GeneratedRegex(
        @"\bunsafe\b|System\.Runtime\.CompilerServices\.Unsafe\b|\bMemoryMarshal\.(?:GetReference|CreateSpan|CreateReadOnlySpan)\b")]
    private static partial Regex Unsafe();

    [GeneratedRegex(@"\bDicom(?:Client|Network)\w*|\b(?:CStore|Stow)[A-Z]\w*")]
    private static partial Regex DeliveryProtocol();

    [GeneratedRegex(@"class (\w+)[^{;]*?\bIHandler<(\w+)>")]
    private static partial Regex Handler();
}
