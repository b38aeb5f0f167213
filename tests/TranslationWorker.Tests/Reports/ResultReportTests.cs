using Gateway.Contracts.Reasons;
using Gateway.Testing;
using Gateway.TranslationWorker.Tests.Derived;

namespace Gateway.TranslationWorker.Tests.Reports;

/// <summary>The structured report on a derived series, read by others.</summary>
public sealed class ResultReportTests : IDisposable
{
    private readonly DerivedSample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Theory, MemberData(nameof(DerivedSample.Directions), MemberType = typeof(DerivedSample))]
    public void It_is_a_valid_document_of_the_series_study(Direction direction)
    {
        var result = ReportSample.Result(direction, ReasonCode.HeadCutOff.Because("Cut."));
        var report = _sample.Save(ResultReport.Write(result, 1504), "report.dcm");

        DerivedTools.Validate(report);
        DerivedTools.ValidateTogether([report, .. result.Derived.Select((file, i) => _sample.Save(file, $"{i}.dcm"))]);
        // DCMTK refuses content that the IOD or the relationships of PS3.3 A.35.2 do not allow.
        Assert.Contains("Enhanced SR Document", Tool.Run("dsrdump", "+Pl", report).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_who_made_what_of_which_images_and_how_far_from_the_usual_they_are()
    {
        var result = ReportSample.Result(Shipped.T2ToCt);
        var report = _sample.Save(ResultReport.Write(result, 1504), "report.dcm");

        var said = Tool.Run("dsrdump", "+Pl", report).Succeeded().Output;

        foreach (var word in (string[])[
            "(,,\"Device Observer UID\")=\"" + result.Model.DeviceUid, "(,,\"Algorithm Name\")=\"unet-resnet18 t2-ct\"",
            "(,,\"Algorithm Version\")=\"1.2\"", "weights SHA-256 " + new string('a', 64), "=\"0.4\" (1,UCUM,\"no units\")", "=\"0.5123\"",
            "(,,\"Verdict of the gates\")=(PASSED,99GATEWAY,\"Passed\")", "(,,\"Modality\")=(MR,DCM,\"Magnetic Resonance\")",
            "(,,\"Modality\")=(CT,DCM,\"Computed Tomography\")", "SYNTHETIC: the images", "not for diagnosis"])
            Assert.Contains(word, said, StringComparison.Ordinal);
        Assert.Equal(
            "2.25.10011 2.25.10012 " + string.Join(' ', result.Derived.Select(file => file.Dataset.GetString(DicomTag.SOPInstanceUID))),
            Python.Run(
                """
                import sys, pydicom
                d = pydicom.dcmread(sys.argv[1])
                library = [i for i in d.ContentSequence if i.ConceptNameCodeSequence[0].CodeValue == '111028'][0]
                images = [i for g in library.ContentSequence for i in g.ContentSequence if i.ValueType == 'IMAGE']
                named = [i.ReferencedSOPSequence[0].ReferencedSOPInstanceUID for i in images]
                series = d.CurrentRequestedProcedureEvidenceSequence[0].ReferencedSeriesSequence
                evidence = [r.ReferencedSOPInstanceUID for s in series for r in s.ReferencedSOPSequence]
                assert named == evidence, (named, evidence)
                print(' '.join(named))
                """, report).Trim());
    }

    [Fact]
    public void What_a_person_released_says_so_with_the_gates_code_and_nothing_of_the_person()
    {
        var report = _sample.Save(
            ResultReport.Write(ReportSample.Result(Shipped.T2ToCt, ReasonCode.HeadCutOff.Because("Cut.")), 1504), "report.dcm");
        var said = Tool.Run("dsrdump", "+Pl", report).Succeeded().Output;
        Assert.Contains("(RELEASED,99GATEWAY,\"Held, and released by a person\")", said, StringComparison.Ordinal);
        Assert.Contains($"=\"{ReasonCode.HeadCutOff.Name}\"", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_result_gives_the_same_bytes_and_another_revision_another_UID()
    {
        byte[] Bytes(TranslatedSeries result) => DerivedSample.Bytes(ResultReport.Write(result, 1504));
        string Uid(TranslatedSeries result) => ResultReport.Write(result, 1504).Dataset.GetString(DicomTag.SOPInstanceUID);

        Assert.Equal(Bytes(ReportSample.Result(Shipped.T2ToCt)), Bytes(ReportSample.Result(Shipped.T2ToCt)));
        var second = ReportSample.Result(Shipped.T2ToCt);
        Rendition.Mark(second.Derived, 2);
        Assert.NotEqual(Uid(ReportSample.Result(Shipped.T2ToCt)), Uid(second));
    }

    [Fact]
    public void Letters_of_the_organisation_that_the_source_has_not_are_written()
    {
        var result = ReportSample.Result(Shipped.T2ToCt);
        result = result with
        {
            Derived = [DerivedSample.Write(
                DerivedSources.Handmade(Shipped.T2ToCt), DerivedSample.Derivation(Shipped.T2ToCt) with { Organization = "病院" })],
        };
        var report = _sample.Save(ResultReport.Write(result, 1504), "report.dcm");
        DerivedTools.Validate(report);
        Assert.Contains(
            "病院", Python.Run("import sys, pydicom; print(str(pydicom.dcmread(sys.argv[1])))", report), StringComparison.Ordinal);
    }
}
