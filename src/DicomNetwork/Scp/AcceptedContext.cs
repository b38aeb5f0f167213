namespace Gateway.DicomNetwork;

/// <summary>A presentation context both sides agreed on.</summary>
internal sealed record AcceptedContext(byte Id, string AbstractSyntax, string TransferSyntax);
