namespace Gateway.Dicom;

/// <summary>The file meta information in front of a file's data set (PS3.10 section 7.1). It repeats what the data set says, so that its
/// values are not checked.</summary>
public sealed class DicomFileMetaInformation : DicomDataset
{
    /// <summary>Empty meta information (PS3.10 section 7.1).</summary>
    public DicomFileMetaInformation() => NotValidated();

    internal DicomFileMetaInformation(DicomItem[] read) : base(DicomTransferSyntax.ExplicitVRLittleEndian, SortedItems.Of(read)) =>
        NotValidated();

    /// <summary>Meta information about a data set (PS3.10 section 7.1): its SOP class and instance and its transfer syntax.</summary>
    public DicomFileMetaInformation(DicomDataset dataset) : this()
    {
        if (dataset.TryGetSingleValue<DicomUID>(DicomTag.SOPClassUID, out var sopClass)) MediaStorageSOPClassUID = sopClass;
        if (dataset.TryGetSingleValue<DicomUID>(DicomTag.SOPInstanceUID, out var instance)) MediaStorageSOPInstanceUID = instance;
        TransferSyntax = dataset.InternalTransferSyntax;
    }

    /// <summary>(0002,0002), the SOP class of the data set (PS3.10 section 7.1).</summary>
    public DicomUID? MediaStorageSOPClassUID
    {
        get => GetSingleValueOrDefault<DicomUID?>(DicomTag.MediaStorageSOPClassUID, null);
        set => AddOrUpdate(DicomTag.MediaStorageSOPClassUID, value!);
    }

    /// <summary>(0002,0003), the SOP instance of the data set (PS3.10 section 7.1).</summary>
    public DicomUID? MediaStorageSOPInstanceUID
    {
        get => GetSingleValueOrDefault<DicomUID?>(DicomTag.MediaStorageSOPInstanceUID, null);
        set => AddOrUpdate(DicomTag.MediaStorageSOPInstanceUID, value!);
    }

    /// <summary>(0002,0010), the encoding of the data set (PS3.10 section 7.1).</summary>
    public DicomTransferSyntax? TransferSyntax
    {
        get => GetSingleValueOrDefault<DicomTransferSyntax?>(DicomTag.TransferSyntaxUID, null);
        set => AddOrUpdate(DicomTag.TransferSyntaxUID, value!);
    }

    /// <summary>(0002,0012), who wrote the file (PS3.10 section 7.1); ours when it is not set.</summary>
    public DicomUID? ImplementationClassUID
    {
        get => GetSingleValueOrDefault<DicomUID?>(DicomTag.ImplementationClassUID, null);
        set => AddOrUpdate(DicomTag.ImplementationClassUID, value!);
    }

    /// <summary>(0002,0013), its version (PS3.10 section 7.1).</summary>
    public string? ImplementationVersionName
    {
        get => GetSingleValueOrDefault<string?>(DicomTag.ImplementationVersionName, null);
        set => AddOrUpdate(DicomTag.ImplementationVersionName, value!);
    }

    /// <summary>(0002,0016), where the data set came from (PS3.10 section 7.1).</summary>
    public string? SourceApplicationEntityTitle
    {
        get => GetSingleValueOrDefault<string?>(DicomTag.SourceApplicationEntityTitle, null);
        set => AddOrUpdate(DicomTag.SourceApplicationEntityTitle, value!);
    }

    /// <summary>A copy with the elements that every file must have: group length, version and implementation.</summary>
    internal DicomDataset Complete()
    {
        var complete = Clone().AddOrUpdate(DicomTag.FileMetaInformationGroupLength, 0u);
        if (!Contains(DicomTag.FileMetaInformationVersion)) complete.Add(DicomTag.FileMetaInformationVersion, (byte)0, (byte)1);
        if (Contains(DicomTag.ImplementationClassUID)) return complete;
        return complete.Add(DicomTag.ImplementationClassUID, DicomImplementation.ClassUID)
            .AddOrUpdate(DicomTag.ImplementationVersionName, DicomImplementation.Version);
    }
}
