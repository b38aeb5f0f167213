using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>What stands before a received data set in its file: preamble and file meta information (PS3.10 §7.1).</summary>
internal static class FileHeader
{
    public static byte[] Create(StoreRequest request, AeTitle source)
    {
        var meta = new DicomFile();
        if (request.SopClassUid is { } sopClass)
            meta.FileMetaInfo.AddOrUpdate(DicomTag.MediaStorageSOPClassUID, sopClass.Value);
        if (request.SopInstanceUid is { } sopInstance)
            meta.FileMetaInfo.AddOrUpdate(DicomTag.MediaStorageSOPInstanceUID, sopInstance.Value);
        meta.FileMetaInfo.AddOrUpdate(DicomTag.TransferSyntaxUID, request.TransferSyntaxUid);
        meta.FileMetaInfo.AddOrUpdate(DicomTag.SourceApplicationEntityTitle, source.Value);
        using var header = new MemoryStream();
        meta.Save(header);
        return header.ToArray();
    }
}
