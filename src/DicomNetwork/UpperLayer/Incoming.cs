using System.Buffers;

namespace Gateway.DicomNetwork;

/// <summary>The result of waiting for a PDU.</summary>
internal abstract class Incoming
{
    private Incoming() { }

    /// <summary>A whole PDU. One object serves a connection, so that a PDU costs no allocation: its content is gone
    /// with the next read.</summary>
    public sealed class Pdu : Incoming
    {
        public PduType Type { get; private set; }

        public ReadOnlySequence<byte> Body { get; private set; }

        public Pdu Of(PduType type, ReadOnlySequence<byte> body)
        {
            (Type, Body) = (type, body);
            return this;
        }
    }

    /// <summary>Bytes that begin no PDU we would take.</summary>
    public sealed class Malformed(PduException error) : Incoming
    {
        public PduException Error => error;
    }

    /// <summary>The transport connection is gone.</summary>
    /// <param name="truncated">Null where it ended between two PDUs.</param>
    public sealed class Closed(PduException? truncated) : Incoming
    {
        public PduException? Truncated => truncated;
    }

    /// <summary>No whole PDU came in time.</summary>
    public sealed class Expired : Incoming;

    /// <summary>We were interrupted from outside.</summary>
    public sealed class Interrupted : Incoming;
}
