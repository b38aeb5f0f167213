namespace Gateway.Portal.DicomWeb;

/// <summary>How frames are sent.</summary>
/// <param name="MediaType">Of each frame.</param>
/// <param name="Syntax">UID of the transfer syntax of their bytes.</param>
/// <param name="IsDecoded">They are stored in another one.</param>
/// <param name="IsMultipart">False for one frame alone.</param>
internal sealed record FrameFormat(string MediaType, string Syntax, bool IsDecoded, bool IsMultipart)
{
    public string ContentType => $"{MediaType};transfer-syntax={Syntax}";

    /// <summary>The default is not compressed; who takes any transfer syntax gets what is stored (PS3.18 section 8.7.3.3).</summary>
    /// <param name="range">What the caller takes.</param>
    /// <param name="stored">UID of the transfer syntax that the frames are stored in.</param>
    /// <param name="count">Frames asked for.</param>
    /// <returns>Null where it cannot be sent so.</returns>
    public static FrameFormat? Negotiate(MediaRange range, string stored, int count)
    {
        var isMultipart = range.Type is MediaRange.Multipart || range.IsAny;
        if (!isMultipart && count > 1)
            return null;
        var (sent, media) = (SyntaxMedia.AsSent(stored), SyntaxMedia.Of(stored));
        if (range.Content is "*/*" or "application/*" or SyntaxMedia.OctetStream)
            return SyntaxMedia.Negotiate(stored, range.TransferSyntax) is { } syntax
                ? new(SyntaxMedia.OctetStream, syntax, syntax != sent, isMultipart)
                : null;
        return range.Content == media && (range.TransferSyntax is null or "*" || range.TransferSyntax == sent)
            ? new(media, sent, IsDecoded: false, isMultipart)
            : null;
    }
}
