using System.ComponentModel.DataAnnotations;
using Gateway.Fuzzing;
using Gateway.Persistence;
using Gateway.TranslationWorker.Tests.Derived;
using static Gateway.TranslationWorker.Tests.Verdicts.ReaderReport;

namespace Gateway.TranslationWorker.Tests.Verdicts;

/// <summary>What a received structured report says of results.</summary>
public sealed class ReceivedReportTests
{
    private static readonly VerdictOptions Codes = new()
    {
        Accepted = ["99ACME|OK"], Rejected = ["99ACME|BAD"], Commented = ["99ACME|NOTE"],
    };

    [Theory]
    [InlineData("99GATEWAY|ACCEPTED", VerdictKind.Accepted, null)]
    [InlineData("99GATEWAY|REJECTED", VerdictKind.Rejected, "113001")]
    [InlineData("99GATEWAY|COMMENTED", VerdictKind.Commented, null)]
    [InlineData("99ACME|OK", VerdictKind.Accepted, null)]
    [InlineData("99ACME|BAD", VerdictKind.Rejected, "113001")]
    [InlineData("99ACME|NOTE", VerdictKind.Commented, null)]
    [InlineData("DCM|113037", VerdictKind.Rejected, "113037")]
    [InlineData("DCM|113001", VerdictKind.Rejected, "113001")]
    public void A_code_that_the_site_knows_is_a_verdict_with_its_readers_name_and_words(string code, VerdictKind kind, string? title)
    {
        var report = Read(Document("2.25.9", [], Reader(), Group(Image("2.25.5"), Verdict(code), Comment("Too thin."))))!;
        var said = About(report, "2.25.5")!;
        Assert.Equal(("Roe Anna Dr.", kind, title, "Too thin."), (report.By, said.Kind, said.Title, said.Why));
        Assert.Null(About(report, "2.25.6"));
    }

    [Theory, InlineData("99OTHER|OK"), InlineData("DCM|113039"), InlineData("SCT|REJECTED"), InlineData("99GATEWAY|PASSED")]
    public void Another_code_says_nothing(string code) =>
        Assert.Null(Read(Document("2.25.9", ["2.25.5"], Reader(), Verdict(code), Comment("Too thin."))));

    [Fact]
    public void A_code_beside_no_object_is_about_the_evidence()
    {
        var report = Read(Document("2.25.9", ["2.25.5"], Reader(), Group(Verdict("99ACME|BAD"))))!;
        Assert.Equal(("BAD", VerdictKind.Rejected), (About(report, "2.25.5")!.Why, About(report, "2.25.5")!.Kind));
    }

    [Fact]
    public void Of_several_results_each_has_the_verdict_that_stands_beside_it()
    {
        var report = Read(Document(
            "2.25.9", ["2.25.5", "2.25.6", "2.25.7"], Reader(), Group(Image("2.25.5"), Verdict("99ACME|OK")),
            Group(Image("2.25.6"), Group(Verdict("99ACME|BAD"), Comment("Blurred.")))))!;
        Assert.Equal(VerdictKind.Accepted, About(report, "2.25.5")!.Kind);
        Assert.Equal((VerdictKind.Rejected, "Blurred."), (About(report, "2.25.6")!.Kind, About(report, "2.25.6")!.Why));
        Assert.Null(About(report, "2.25.7"));
    }

    [Fact]
    public void Two_decisions_on_one_result_are_none_and_a_comment_beside_a_decision_is_its_reason()
    {
        var torn = Read(Document("2.25.9", ["2.25.5"], Reader(), Verdict("99ACME|OK"), Verdict("99ACME|BAD")))!;
        Assert.Null(About(torn, "2.25.5"));
        var both = Read(Document("2.25.9", ["2.25.5"], Reader(), Verdict("99ACME|NOTE"), Comment("Thin."), Verdict("99ACME|OK")))!;
        Assert.Equal((VerdictKind.Accepted, "Thin."), (About(both, "2.25.5")!.Kind, About(both, "2.25.5")!.Why));
    }

    [Fact]
    public void A_report_that_names_no_person_or_is_not_final_is_no_readers()
    {
        DicomDataset Of(params DicomDataset[] content) => Document("2.25.9", ["2.25.5"], [.. content, Verdict("99ACME|BAD")]);
        DicomSequence Author(string type) => new(
            DicomTag.AuthorObserverSequence,
            new DicomDataset().NotValidated().AddOrUpdate(DicomTag.ObserverType, type).AddOrUpdate(DicomTag.PersonName, "Roe^B"));

        Assert.Null(Read(Of()));
        Assert.Null(Read(Of(Reader("^^"))));
        Assert.Null(Read(Of(Reader()).AddOrUpdate(DicomTag.CompletionFlag, "PARTIAL")));
        Assert.Null(Read(Of(Reader()).AddOrUpdate(DicomTag.PreliminaryFlag, "PRELIMINARY")));
        Assert.Null(Read(Of().AddOrUpdate(Author("DEV"))));
        Assert.Equal("Roe B", Read(Of().AddOrUpdate(Author("PSN")))!.By);
    }

    [Fact]
    public void Our_own_report_is_no_verdict() =>
        Assert.Null(Read(ResultReport.Write(Reports.ReportSample.Result(Shipped.T2ToCt), 1504).Dataset));

    [Fact]
    public void A_document_of_more_verdicts_than_a_reader_gives_is_something_else() => Assert.Null(Read(Document(
        "2.25.9", ["2.25.5"], [Reader(), .. Enumerable.Range(0, 101).Select(_ => Verdict("99ACME|BAD"))])));

    [Theory, InlineData("OK"), InlineData("99ACME|"), InlineData("|OK"), InlineData("a|b|c")]
    public void A_code_of_the_settings_that_is_none_is_refused_at_the_start(string code) =>
        Assert.Single(new VerdictOptions { Rejected = [code] }.Validate(new ValidationContext(new object())));

    [Fact]
    public void Whatever_bytes_come_they_are_read_or_refused_in_little_time_and_memory()
    {
        var done = new Fuzzer(new Target(), seed: 1).Run(20_000);
        Assert.Empty(done.Findings);
        Assert.True(done.Read > 1_000, $"{done.Read} were read: the changes break every file");
    }

    private static ReceivedReport? Read(DicomDataset dataset) => ReceivedReport.Of(dataset, Codes);

    private static ReceivedReport.Said? About(ReceivedReport report, string uid) => report.About(new HashSet<string> { uid });

    /// <summary>Reports in their files; what is read of one must hold what a verdict promises.</summary>
    private sealed class Target : FuzzTarget
    {
        public override string Name => "report";

        public override IReadOnlyList<byte[]> Seeds { get; } =
        [
            DerivedSample.Bytes(new(Document("2.25.9", ["2.25.5"], Reader(), Verdict("99ACME|BAD"), Comment("Too thin.")))),
            DerivedSample.Bytes(new(Document(
                "2.25.9", [], Reader(), Group(Image("2.25.5"), Group(Verdict("99ACME|OK")), Group(Group(Group(Verdict("DCM|113037")))))))),
        ];

        public override void Run(byte[] input)
        {
            using var stream = new MemoryStream(input);
            if (Read(DicomFile.Open(stream, FileReadOption.SkipLargeTags).Dataset) is not { } report)
                return;
            if (report.By.Length == 0 || report.Verdicts.Count is 0 or > 100)
                throw new FuzzException("a verdict of nobody, or none");
            foreach (var said in report.Verdicts)
                _ = report.About(said.Uids.ToHashSet());
        }

        public override bool IsRefusal(Exception e) => e is DicomException;

        /// <summary>Each level repeats what the levels below it name.</summary>
        public override long AllocationLimit(byte[] input) => 64L * input.Length + (4 << 20);
    }
}
