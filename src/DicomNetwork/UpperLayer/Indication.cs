using System.Buffers;

namespace Gateway.DicomNetwork;

/// <summary>What the upper layer tells its user (the indications and confirmations of PS3.8 §7), and the ends of a wait that are not the
/// peer's doing.</summary>
internal abstract class Indication
{
    private Indication() { }

    /// <summary>A-ASSOCIATE indication.</summary>
    public sealed class Associate(AssociateRequestPdu request) : Indication
    {
        public AssociateRequestPdu Request => request;
    }

    /// <summary>A-ASSOCIATE confirmation: accepted.</summary>
    public sealed class Accepted(AssociateAcceptPdu answer) : Indication
    {
        public AssociateAcceptPdu Answer => answer;
    }

    /// <summary>A-ASSOCIATE confirmation: rejected.</summary>
    public sealed class Rejected(AssociationRejection rejection) : Indication
    {
        public AssociationRejection Rejection => rejection;
    }

    /// <summary>P-DATA indication. One object serves an association, so that a PDU costs no allocation.</summary>
    public sealed class Data : Indication
    {
        /// <summary>The PDVs; gone with the next wait.</summary>
        public ReadOnlySequence<byte> Body { get; private set; }

        public Data Of(ReadOnlySequence<byte> body)
        {
            Body = body;
            return this;
        }
    }

    /// <summary>A-RELEASE indication.</summary>
    public sealed class Release : Indication;

    /// <summary>A-RELEASE confirmation.</summary>
    public sealed class Released : Indication;

    /// <summary>A-ABORT indication: the peer aborted.</summary>
    public sealed class Aborted(AbortPdu abort) : Indication
    {
        public AbortPdu Abort => abort;
    }

    /// <summary>A-P-ABORT: the peer broke the protocol and was told so.</summary>
    public sealed class ProtocolError(PduException error) : Indication
    {
        public PduException Error => error;
    }

    /// <summary>The transport connection is gone.</summary>
    /// <param name="truncated">Null where it ended between two PDUs.</param>
    public sealed class Lost(PduException? truncated) : Indication
    {
        public PduException? Truncated => truncated;
    }

    /// <summary>Nothing came in time.</summary>
    public sealed class Expired : Indication;

    /// <summary>We were interrupted from outside.</summary>
    public sealed class Interrupted : Indication;
}
