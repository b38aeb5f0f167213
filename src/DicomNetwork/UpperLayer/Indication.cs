using System.Buffers;

namespace Gateway.DicomNetwork;

/// <summary>One indication of the upper layer with what belongs to its kind.</summary>
/// <param name="Pdu">The parsed PDU, or the <see cref="PduException"/> that names what was wrong.</param>
/// <param name="Data">P-DATA only: the PDVs, gone with the next wait.</param>
internal readonly record struct Indication(IndicationKind Kind, object? Pdu = null, ReadOnlySequence<byte> Data = default);
