namespace Gateway.TranslationWorker;

/// <summary>The content of a <see cref="ResultReport"/>: a Measurement Report (PS3.16 TID 1500) with the model as its observer (TID 1004),
/// sources and result in its image library (TID 1600), and one group of figures (TID 1501) made by the model (TID 4019).</summary>
internal static class ResultReportContent
{
    private const string OwnScheme = "99GATEWAY";
    private const string Modifies = "HAS CONCEPT MOD", Observes = "HAS OBS CONTEXT", Acquired = "HAS ACQ CONTEXT", Contains = "CONTAINS";

    private const string Notice =
        "SYNTHETIC: the images that this report is on were made by a neural network and show nothing that a scanner measured. "
        + "Research use only, not for diagnosis.";

    /// <param name="dataset">The report, with its equipment.</param>
    /// <param name="result">With at least one image.</param>
    /// <param name="sources">References to the images that it was made of.</param>
    /// <param name="tracking">UID of the group of figures.</param>
    public static void Write(DicomDataset dataset, TranslatedSeries result, IReadOnlyList<DicomDataset> sources, string tracking)
    {
        var made = result.Derived[0].Dataset;
        var source = ModalityOf(DerivedIdentity.Text(sources[0], DicomTag.ReferencedSOPClassUID));
        dataset.AddOrUpdate(DicomTag.ValueType, "CONTAINER").AddOrUpdate(DicomTag.ContinuityOfContent, "SEPARATE")
            .AddOrUpdate(new DicomSequence(DicomTag.ConceptNameCodeSequence, Dcm("126000", "Imaging Measurement Report")))
            .AddOrUpdate(new DicomSequence(DicomTag.ContentTemplateSequence, Template("1500")))
            .Has([
                SrItem.Code(
                    Modifies, Dcm("121049", "Language of Content Item and Descendants"), DerivedCode.Of("en", "RFC5646", "English")),
                .. Observer(dataset, result.Model),
                SrItem.Code(Modifies, Dcm("121058", "Procedure reported"), Procedure(source)),
                SrItem.Container(
                    Contains, Dcm("111028", "Image Library"),
                    Group(source, made, sources),
                    Group(DerivedIdentity.Text(made, DicomTag.Modality), made,
                        result.Derived.Select(file => StudyDocument.Reference(file.Dataset)))),
                SrItem.Container(Contains, Dcm("126010", "Imaging Measurements"), Figures(result, tracking)),
                SrItem.Container(
                    Contains, DerivedCode.Of("C0034375", "UMLS", "Qualitative Evaluations"),
                    SrItem.Text(Contains, Dcm("121106", "Comment"), Notice)),
            ]);
    }

    private static IEnumerable<DicomDataset> Observer(DicomDataset report, ModelFacts model) =>
    [
        SrItem.Code(Observes, Dcm("121005", "Observer Type"), Dcm("121007", "Device")),
        SrItem.Uid(Observes, Dcm("121012", "Device Observer UID"), model.DeviceUid),
        SrItem.Text(Observes, Dcm("121013", "Device Observer Name"), $"{model.Title} {model.Version}"),
        SrItem.Text(
            Observes, Dcm("121014", "Device Observer Manufacturer"), DerivedIdentity.Text(report, DicomTag.Manufacturer)),
        SrItem.Text(Observes, Dcm("121015", "Device Observer Model Name"), model.Title),
    ];

    private static DicomDataset Group(string modality, DicomDataset made, IEnumerable<DicomDataset> images)
    {
        var region = made.GetSequence(DicomTag.AnatomicRegionSequence).Items[0];
        return SrItem.Container(Contains, Dcm("126200", "Image Library Group"),
        [
            SrItem.Code(Acquired, Dcm("121139", "Modality"), Dcm(modality, modality switch
            {
                "CT" => "Computed Tomography",
                "MR" => "Magnetic Resonance",
                _ => "Other Modality",
            })),
            SrItem.Code(Acquired, Dcm("123014", "Target Region"), DerivedCode.Of(
                DerivedIdentity.Text(region, DicomTag.CodeValue), DerivedIdentity.Text(region, DicomTag.CodingSchemeDesignator),
                DerivedIdentity.Text(region, DicomTag.CodeMeaning))),
            .. images.Select(image => SrItem.Image(Contains, image)),
        ]);
    }

    private static DicomDataset Figures(TranslatedSeries result, string tracking)
    {
        var released = result.Reasons.Count > 0;
        return SrItem.Container(Contains, Dcm("125007", "Measurement Group"),
        [
            SrItem.Text(Observes, Dcm("112039", "Tracking Identifier"), $"{result.Direction.Name} of the whole series"),
            SrItem.Uid(Observes, Dcm("112040", "Tracking Unique Identifier"), tracking),
            .. Algorithm(result.Model),
            SrItem.Number(Contains, Own("GATE-SCORE", "Distance from the usual; 1 is the limit"), result.GateScore),
            SrItem.Number(Contains, Own("NCC-BEFORE", "Correlation with the reference before alignment"), result.NccBefore),
            SrItem.Number(Contains, Own("NCC-AFTER", "Correlation with the reference after alignment"), result.NccAfter),
            SrItem.Code(
                Contains, Own("GATES", "Verdict of the gates"),
                released ? Own("RELEASED", "Held, and released by a person") : Own("PASSED", "Passed")),
            .. result.Reasons.Select(reason => reason.Code).Distinct()
                .Select(code => SrItem.Text(Contains, Own("GATE-REASON", "Gate that a person overrode"), code)),
        ]);
    }

    private static IEnumerable<DicomDataset> Algorithm(ModelFacts model) =>
    [
        SrItem.Text(Modifies, Dcm("111001", "Algorithm Name"), model.Title),
        SrItem.Text(Modifies, Dcm("111003", "Algorithm Version"), model.Version),
        SrItem.Text(Modifies, Dcm("111002", "Algorithm Parameters"), $"weights SHA-256 {model.Digest}"),
        SrItem.Text(Modifies, Dcm("111002", "Algorithm Parameters"), $"pipeline {SeriesTranslator.PipelineVersion}"),
    ];

    /// <summary>Of PS3.16 CID 100.</summary>
    private static DicomDataset Procedure(string modality) => modality switch
    {
        "CT" => DerivedCode.Of("25045-6", "LN", "CT unspecified body region"),
        "MR" => DerivedCode.Of("25056-3", "LN", "MRI unspecified body region"),
        _ => DerivedCode.Of("363679005", "SCT", "Imaging procedure"),
    };

    private static string ModalityOf(string sopClass) => sopClass switch
    {
        _ when sopClass == DicomUID.CTImageStorage.UID || sopClass == DicomUID.EnhancedCTImageStorage.UID => "CT",
        _ when sopClass == DicomUID.MRImageStorage.UID || sopClass == DicomUID.EnhancedMRImageStorage.UID => "MR",
        _ => "OT",
    };

    private static DicomDataset Template(string number) => new DicomDataset()
        .AddOrUpdate(DicomTag.MappingResource, "DCMR").AddOrUpdate(DicomTag.TemplateIdentifier, number);

    private static DicomDataset Dcm(string code, string meaning) => DerivedCode.Of(code, "DCM", meaning);

    private static DicomDataset Own(string code, string meaning) => DerivedCode.Of(code, OwnScheme, meaning);
}
