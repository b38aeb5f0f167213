using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.TranslationWorker;

/// <summary>The body of a store request (PS3.18 8.6.1 and 10.5.2): Part 10 files, one a part, read as they go out.</summary>
internal sealed class StowContent : HttpContent
{
    private const int BufferLength = 81_920;

    private readonly IReadOnlyList<StowPart> _parts;
    private readonly Action _moved;
    private readonly byte[] _head;
    private readonly byte[] _end;

    /// <param name="parts">At least one.</param>
    /// <param name="moved">Called whenever the peer has taken bytes.</param>
    public StowContent(IReadOnlyList<StowPart> parts, Action moved)
    {
        var boundary = RandomNumberGenerator.GetHexString(32);    // in no file, by chance
        (_parts, _moved) = (parts, moved);
        _head = Encoding.ASCII.GetBytes($"\r\n--{boundary}\r\nContent-Type: application/dicom\r\n\r\n");
        _end = Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n");
        Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/related; type=\"application/dicom\"; boundary={boundary}");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _parts.Sum(part => _head.Length + part.Length) + _end.Length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferLength];
        foreach (var part in _parts)
        {
            await stream.WriteAsync(_head, cancellationToken);
            await using var file = part.Instance.Open();
            while (await file.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                _moved();
            }
        }
        await stream.WriteAsync(_end, cancellationToken);
        _moved();
    }
}
