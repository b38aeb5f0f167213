namespace Gateway.Dicom;

/// <summary>The file meta information in front of a file's data set (PS3.10 section 7.1).</summary>
public sealed class DicomFileMetaInformation : DicomDataset
{
    public DicomFileMetaInformation() { }

    internal DicomFileMetaInformation(DicomItem[] read) : base(DicomTransferSyntax.ExplicitVRLittleEndian, SortedItems.Of(read)) { }

    /// <summary>What the data set says of itself (PS3.10 section 7.1): its SOP class and instance and its transfer syntax.</summary>
    public DicomFileMetaInformation(DicomDataset dataset)
    {
        if (dataset.TryGetSingleValue<DicomUID>(DicomTag.SOPClassUID, out var sopClass)) MediaStorageSOPClassUID = sopClass;
        if (dataset.TryGetSingleValue<DicomUID>(DicomTag.SOPInstanceUID, out var instance)) MediaStorageSOPInstanceUID = instance;
        TransferSyntax = dataset.InternalTransferSyntax;
    }

    public DicomUID? MediaStorageSOPClassUID
    {
        get => GetSingleValueOrDefault<DicomUID?>(DicomTag.MediaStorageSOPClassUID, null);
        set => AddOrUpdate(DicomTag.MediaStorageSOPClassUID, value!);
    }

    public DicomUID? MediaStorageSOPInstanceUID
    {
        get => GetSingleValueOrDefault<DicomUID?>(DicomTag.MediaStorageSOPInstanceUID, null);
        set => AddOrUpdate(DicomTag.MediaStorageSOPInstanceUID, value!);
    }

    public DicomTransferSyntax? TransferSyntax
    {
        get => GetSingleValueOrDefault<DicomTransferSyntax?>(DicomTag.TransferSyntaxUID, null);
        set => AddOrUpdate(DicomTag.TransferSyntaxUID, value!);
    }

    public DicomUID? ImplementationClassUID
    {
        get => GetSingleValueOrDefault<DicomUID?>(DicomTag.ImplementationClassUID, null);
        set => AddOrUpdate(DicomTag.ImplementationClassUID, value!);
    }

    public string? ImplementationVersionName
    {
        get => GetSingleValueOrDefault<string?>(DicomTag.ImplementationVersionName, null);
        set => AddOrUpdate(DicomTag.ImplementationVersionName, value!);
    }

    public string? SourceApplicationEntityTitle
    {
        get => GetSingleValueOrDefault<string?>(DicomTag.SourceApplicationEntityTitle, null);
        set => AddOrUpdate(DicomTag.SourceApplicationEntityTitle, value!);
    }

    /// <summary>A copy that holds what every file must: group length, version and implementation.</summary>
    internal DicomDataset Complete()
    {
        var complete = Clone().AddOrUpdate(DicomTag.FileMetaInformationGroupLength, 0u);
        if (!Contains(DicomTag.FileMetaInformationVersion)) complete.Add(DicomTag.FileMetaInformationVersion, (byte)0, (byte)1);
        if (Contains(DicomTag.ImplementationClassUID)) return complete;
        return complete.Add(DicomTag.ImplementationClassUID, DicomImplementation.ClassUID)
            .AddOrUpdate(DicomTag.ImplementationVersionName, DicomImplementation.Version);
    }
}
