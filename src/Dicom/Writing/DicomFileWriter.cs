using System.IO.Compression;

namespace Gateway.Dicom;

/// <summary>Writes a file (PS3.10 section 7). First all of its structure is made; values that stayed in their file
/// are copied through.</summary>
internal sealed class DicomFileWriter
{
    private readonly IReadOnlyList<IByteBuffer> _head;
    private readonly IReadOnlyList<IByteBuffer> _body;
    private readonly bool _deflate;

    /// <exception cref="DicomDataException">The file cannot be written.</exception>
    public DicomFileWriter(DicomFile file)
    {
        var syntax = file.FileMetaInfo.TransferSyntax
            ?? throw new DicomDataException("The file meta information names no transfer syntax.");
        if (file.Dataset.FirstOrDefault(item => item.Tag.Group == 0x0002) is { } misplaced)
            throw new DicomDataException($"{misplaced.Tag} belongs to the file meta information: a reader would take it for that.");
        var head = new DicomWriter(isExplicit: true, isBigEndian: false);
        head.Bytes.Add(stackalloc byte[128]);
        head.Bytes.Add("DICM"u8);
        head.Write(file.FileMetaInfo.Complete(), TextEncoding.Default);
        var body = new DicomWriter(syntax.IsExplicitVR, syntax.IsBigEndian);
        body.Write(file.Dataset, TextEncoding.Default);
        (_head, _body, _deflate) = (head.Bytes.Parts(), body.Bytes.Parts(), syntax.IsDeflate);
    }

    public void WriteTo(Stream stream)
    {
        foreach (var part in _head) part.CopyToStream(stream);
        if (!_deflate)
        {
            foreach (var part in _body) part.CopyToStream(stream);
            return;
        }
        using var counted = new CountedStream(stream);
        using (var deflate = new DeflateStream(counted, CompressionLevel.Optimal, leaveOpen: true))
            foreach (var part in _body) part.CopyToStream(deflate);
        if (counted.Written % 2 == 1) stream.WriteByte(0);    // PS3.5 annex A.5
    }

    public async Task WriteToAsync(Stream stream)
    {
        foreach (var part in _head) await part.CopyToStreamAsync(stream, CancellationToken.None);
        if (!_deflate)
        {
            foreach (var part in _body) await part.CopyToStreamAsync(stream, CancellationToken.None);
            return;
        }
        await using var counted = new CountedStream(stream);
        await using (var deflate = new DeflateStream(counted, CompressionLevel.Optimal, leaveOpen: true))
            foreach (var part in _body) await part.CopyToStreamAsync(deflate, CancellationToken.None);
        if (counted.Written % 2 == 1) await stream.WriteAsync(new byte[1]);
    }
}
