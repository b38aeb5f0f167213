using System.Globalization;

namespace Gateway.TranslationWorker;

/// <summary>How a derived object came to be: synthetic marks, derivation, source (PS3.3 C.7.6.1, C.12.1).</summary>
internal static class DerivedProvenance
{
    private const string OwnScheme = "99GATEWAY";
    private const int LongestDescription = 1024;

    public static void Write(DicomDataset dataset, DicomDataset source, Derivation derivation)
    {
        dataset.AddOrUpdate(DicomTag.SyntheticData, "YES");
        dataset.AddOrUpdate(DicomTag.ContentQualification, "RESEARCH");
        dataset.AddOrUpdate(DicomTag.BurnedInAnnotation, "NO");
        var faceless = DerivedIdentity.Text(source, DicomTag.RecognizableVisualFeatures) == "NO";
        dataset.AddOrUpdate(DicomTag.RecognizableVisualFeatures, faceless ? "NO" : "YES");
        WriteLossy(dataset, source);
        WriteDerivation(dataset, derivation);
        WriteReferences(dataset, source, derivation.SourceFrame);
    }

    /// <summary>Once lossy, always lossy (PS3.3 C.7.6.1.1.5).</summary>
    private static void WriteLossy(DicomDataset dataset, DicomDataset source)
    {
        var lossy = DerivedIdentity.Text(source, DicomTag.LossyImageCompression) == "01";
        dataset.AddOrUpdate(DicomTag.LossyImageCompression, lossy ? "01" : "00");
        if (lossy)
            source.CopyTo(
                dataset, [.. new[] { DicomTag.LossyImageCompressionRatio, DicomTag.LossyImageCompressionMethod }.Where(source.Contains)]);
    }

    private static void WriteDerivation(DicomDataset dataset, Derivation derivation)
    {
        var (model, from, to) = (derivation.Model, derivation.From, derivation.To);
        var released = derivation.ReleasedAfter.Count > 0
            ? $"Released by a person after gate: {string.Join(", ", derivation.ReleasedAfter)}." : null;
        if (released is not null)
            dataset.AddOrUpdate(DicomTag.ImageComments, released);
        var text = string.Create(CultureInfo.InvariantCulture,
            $"SYNTHETIC, research only. {(released is null ? "" : released + " ")}{Used(derivation)}{to.Words} from {from.Words} "
            + $"by {model.Title} {model.Version}, "
            + $"weights SHA-256 {model.Digest}, pipeline {derivation.PipelineVersion}: {Chosen(derivation.Slices)} "
            + $"registered ({(derivation.Deform ? "affine, deformable" : "affine")}) to a reference brain, masked, "
            + $"translated, mapped back to the source grid. {DerivedImage.Of(to).Units(derivation)}");
        dataset.AddOrUpdate(DicomTag.DerivationDescription, text.Length > LongestDescription ? text[..LongestDescription] : text);
        dataset.AddOrUpdate(new DicomSequence(
            DicomTag.DerivationCodeSequence,
            DerivedCode.Of("113085", "DCM", "Spatial resampling"),
            DerivedCode.Of(derivation.Direction.Name.ToUpperInvariant(), OwnScheme, "Image-to-image translation by neural network")));
        dataset.AddOrUpdate(new DicomSequence(DicomTag.CodingSchemeIdentificationSequence, new DicomDataset()
            .AddOrUpdate(DicomTag.CodingSchemeDesignator, OwnScheme)
            .AddOrUpdate(DicomTag.CodingSchemeName, "Gateway derivations")
            .AddOrUpdate(DicomTag.CodingSchemeResponsibleOrganization, derivation.Organization)));
    }

    private static string Used(Derivation derivation) =>
        derivation.Stack.Length == 0 ? "" : $"Of the source series {derivation.Stack} were used; the others were left out. ";

    private static string Chosen(SliceCoverage slices) =>
        slices == SliceCoverage.Chosen ? "slice chosen and" : "every slice of the brain, in the pose of one chosen and";

    private static void WriteReferences(DicomDataset dataset, DicomDataset source, int? frame)
    {
        dataset.AddOrUpdate(new DicomSequence(DicomTag.SourceImageSequence, Reference(source, frame)
            .AddOrUpdate(DicomTag.SpatialLocationsPreserved, "YES")
            .AddOrUpdate(new DicomSequence(
                DicomTag.PurposeOfReferenceCodeSequence, DerivedCode.Of("121322", "DCM", "Source image for image processing operation")))));
        dataset.AddOrUpdate(new DicomSequence(DicomTag.ReferencedSeriesSequence, new DicomDataset().NotValidated()
            .AddOrUpdate(DicomTag.SeriesInstanceUID, source.GetSingleValue<string>(DicomTag.SeriesInstanceUID))
            .AddOrUpdate(new DicomSequence(DicomTag.ReferencedInstanceSequence, Reference(source, frame)))));
    }

    /// <summary>Image SOP Instance Reference macro (PS3.3 table 10-3): a frame is named where the image has several. UIDs are the source's,
    /// valid or not.</summary>
    private static DicomDataset Reference(DicomDataset source, int? frame)
    {
        var reference = new DicomDataset().NotValidated()
            .AddOrUpdate(DicomTag.ReferencedSOPClassUID, source.GetSingleValue<string>(DicomTag.SOPClassUID))
            .AddOrUpdate(DicomTag.ReferencedSOPInstanceUID, source.GetSingleValue<string>(DicomTag.SOPInstanceUID));
        return frame is { } number ? reference.AddOrUpdate(DicomTag.ReferencedFrameNumber, number) : reference;
    }
}
