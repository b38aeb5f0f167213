using System.Buffers;

namespace Gateway.DicomNetwork;

/// <summary>What the transport had for us, as an event of Table 9-10.</summary>
/// <param name="Event">Null when the wait was interrupted from outside.</param>
/// <param name="Body">The PDU's body; gone with the next read.</param>
/// <param name="Error">Why the PDU is invalid, with <see cref="AssociationEvent.Evt19"/>.</param>
internal readonly record struct Incoming(AssociationEvent? Event, ReadOnlySequence<byte> Body = default, PduException? Error = null);
