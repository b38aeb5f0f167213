using Gateway.DicomNetwork;

namespace Gateway.TranslationWorker;

/// <summary>One synthetic slice as a DICOM object of its modality's SOP class, in the source's study, on the source's grid.</summary>
public static class DerivedSeriesWriter
{
    /// <param name="source">The whole header of the slice that was translated.</param>
    /// <param name="pixels">Row-major, the source's Rows x Columns: HU for a CT, [0, 1] for an MR.</param>
    /// <param name="derivation">Model, identity and time.</param>
    /// <returns>A file in Explicit VR Little Endian; the same arguments give the same bytes.</returns>
    public static DicomFile Write(DicomDataset source, float[] pixels, Derivation derivation)
    {
        var dataset = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian);
        DerivedIdentity.Write(dataset, source, derivation);
        DerivedEquipment.Write(dataset, source, derivation);
        DerivedProvenance.Write(dataset, source, derivation);
        DerivedImage.Of(derivation.To).Write(dataset, source, pixels, derivation);
        DerivedMark.Write(dataset, derivation);
        DerivedNumbers.MakeValid(dataset);
        DerivedStrings.MakeValid(dataset);
        return Wrap(dataset);
    }

    /// <summary>A data set of ours as a file.</summary>
    internal static DicomFile Wrap(DicomDataset dataset)
    {
        var file = new DicomFile(dataset);
        // and no version: as the listener writes it, should it come back
        file.FileMetaInfo.AddOrUpdate(DicomTag.ImplementationClassUID, Implementation.ClassUid);
        file.FileMetaInfo.TransferSyntax = DicomTransferSyntax.ExplicitVRLittleEndian;
        return file;
    }
}
