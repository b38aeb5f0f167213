using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>An object that arrived whole and lies durable in the spool.</summary>
/// <param name="Request">How it was announced.</param>
/// <param name="Path">Its file in the spool.</param>
/// <param name="Header">What it says of itself.</param>
/// <param name="Sha256">Of the file, lower-case hex.</param>
/// <param name="Bytes">Of the file.</param>
internal sealed record ArrivedObject(Sender Sender, StoreRequest Request, string Path, ScannedHeader Header, string Sha256, long Bytes);
