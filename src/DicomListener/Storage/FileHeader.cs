using System.Collections.Concurrent;
using System.Text;
using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>The bytes before a received data set in its file: preamble and file meta information (PS3.10 §7.1).</summary>
/// <remarks>It holds nothing that changes when the same object is received again, or with the version of the gateway; the sender is in the
/// ledger. Headers of one SOP class and transfer syntax differ only in the SOP Instance UID, so each is made from the one before.</remarks>
internal static class FileHeader
{
    private const int MaxTemplates = 1_000;

    private static readonly ConcurrentDictionary<(string? SopClass, string TransferSyntax, int Length), (byte[] Header,
        int InstanceUid)> Templates = [];

    public static byte[] Create(StoreRequest request)
    {
        if (request.SopInstanceUid is not { } sopInstance)
            return Write(request);

        var key = (request.SopClassUid?.Value, request.TransferSyntaxUid, sopInstance.Value.Length);
        if (!Templates.TryGetValue(key, out var template))
        {
            if (Templates.Count >= MaxTemplates)
                Templates.Clear();
            var first = Write(request);
            template = Templates[key] = (first, first.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(sopInstance.Value)));
        }

        var header = template.Header.ToArray();
        Encoding.ASCII.GetBytes(sopInstance.Value, header.AsSpan(template.InstanceUid));
        return header;
    }

    private static byte[] Write(StoreRequest request)
    {
        var meta = new DicomFile();
        if (request.SopClassUid is { } sopClass)
            meta.FileMetaInfo.AddOrUpdate(DicomTag.MediaStorageSOPClassUID, sopClass.Value);
        if (request.SopInstanceUid is { } sopInstance)
            meta.FileMetaInfo.AddOrUpdate(DicomTag.MediaStorageSOPInstanceUID, sopInstance.Value);
        meta.FileMetaInfo.AddOrUpdate(DicomTag.TransferSyntaxUID, request.TransferSyntaxUid);
        meta.FileMetaInfo.AddOrUpdate(DicomTag.ImplementationClassUID, Implementation.ClassUid);
        using var header = new MemoryStream();
        meta.Save(header);
        return header.ToArray();
    }
}
