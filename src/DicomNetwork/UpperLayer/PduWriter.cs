using System.Buffers.Binary;
using System.Text;

namespace Gateway.DicomNetwork;

/// <summary>Records to whole PDUs, each one array, so that each can go out in one write.</summary>
internal static class PduWriter
{
    /// <summary>PS3.8 §A.2.1, the DICOM application context.</summary>
    public const string ApplicationContext = "1.2.840.10008.3.1.1.1";

    /// <summary>Bytes before the data of a P-DATA-TF with one PDV: PDU header (6), PDV length (4), context id (1), control header
    /// (1).</summary>
    public const int DataOverhead = 12;

    /// <summary>PS3.8 §9.3.2.</summary>
    public static byte[] AssociateRequest(AssociateRequestPdu pdu)
    {
        var bytes = Associate(PduType.AssociateRequest, pdu.ProtocolVersion, pdu.CalledAe, pdu.CallingAe);
        Text(bytes, ItemType.ApplicationContext, pdu.ApplicationContext);
        foreach (var context in pdu.Contexts)
        {
            var item = Begin(bytes, ItemType.ProposedContext);
            bytes.AddRange([context.Id, 0, 0, 0]);
            Text(bytes, ItemType.AbstractSyntax, context.AbstractSyntax);
            foreach (var syntax in context.TransferSyntaxes)
                Text(bytes, ItemType.TransferSyntax, syntax);
            End(bytes, item);
        }

        User(bytes, pdu.User);
        return Finish(bytes);
    }

    /// <summary>PS3.8 §9.3.3.</summary>
    public static byte[] AssociateAccept(AssociateAcceptPdu pdu)
    {
        var bytes = Associate(PduType.AssociateAccept, 1, pdu.CalledAe, pdu.CallingAe);
        Text(bytes, ItemType.ApplicationContext, ApplicationContext);
        foreach (var context in pdu.Contexts)
        {
            var item = Begin(bytes, ItemType.NegotiatedContext);
            bytes.AddRange([context.Id, 0, context.Result, 0]);
            Text(bytes, ItemType.TransferSyntax, context.TransferSyntax);
            End(bytes, item);
        }

        User(bytes, pdu.User);
        return Finish(bytes);
    }

    /// <summary>PS3.8 §9.3.4.</summary>
    public static byte[] AssociateReject(AssociationRejection rejection) =>
        Four(PduType.AssociateReject, 0, rejection.Result, rejection.Source, rejection.Reason);

    /// <summary>PS3.8 §9.3.6.</summary>
    public static byte[] ReleaseRequest() => Four(PduType.ReleaseRequest, 0, 0, 0, 0);

    /// <summary>PS3.8 §9.3.7.</summary>
    public static byte[] ReleaseResponse() => Four(PduType.ReleaseResponse, 0, 0, 0, 0);

    /// <summary>PS3.8 §9.3.8.</summary>
    public static byte[] Abort(AbortPdu pdu) => Four(PduType.Abort, 0, 0, pdu.Source, pdu.Reason);

    /// <summary>PS3.8 §9.3.5: everything of a P-DATA-TF with one PDV but its data, into the first twelve bytes of
    /// <paramref name="pdu"/>.</summary>
    public static void DataHeader(Span<byte> pdu, byte contextId, bool command, bool last, int dataLength)
    {
        pdu[0] = (byte)PduType.Data;
        pdu[1] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(pdu[2..], (uint)dataLength + 6);
        BinaryPrimitives.WriteUInt32BigEndian(pdu[6..], (uint)dataLength + 2);
        pdu[10] = contextId;
        pdu[11] = (byte)((command ? 1 : 0) | (last ? 2 : 0));
    }

    private static List<byte> Associate(PduType type, ushort version, string called, string calling)
    {
        List<byte> bytes = [(byte)type, 0, 0, 0, 0, 0];
        UInt16(bytes, version);                                           // 7-8 protocol version
        UInt16(bytes, 0);                                                 // 9-10 reserved
        bytes.AddRange(Encoding.ASCII.GetBytes(called.PadRight(16)));     // 11-26 called AE title
        bytes.AddRange(Encoding.ASCII.GetBytes(calling.PadRight(16)));    // 27-42 calling AE title
        bytes.AddRange(new byte[32]);                                     // 43-74 reserved
        return bytes;
    }

    private static void User(List<byte> bytes, UserInformation user)
    {
        var item = Begin(bytes, ItemType.UserInformation);
        var sub = Begin(bytes, ItemType.MaxLength);
        UInt16(bytes, (ushort)(user.MaxPduLength >> 16));
        UInt16(bytes, (ushort)user.MaxPduLength);
        End(bytes, sub);
        Text(bytes, ItemType.ImplementationClass, user.ImplementationClassUid);
        if (user.AsynchronousOperations is var (invoked, performed))
        {
            sub = Begin(bytes, ItemType.AsynchronousOperations);
            UInt16(bytes, invoked);
            UInt16(bytes, performed);
            End(bytes, sub);
        }

        foreach (var role in user.Roles)
            Role(bytes, role);
        Text(bytes, ItemType.ImplementationVersion, user.ImplementationVersion);
        End(bytes, item);
    }

    private static void Role(List<byte> bytes, RoleSelection role)
    {
        var item = Begin(bytes, ItemType.RoleSelection);
        UInt16(bytes, (ushort)role.SopClassUid.Length);
        bytes.AddRange(Encoding.ASCII.GetBytes(role.SopClassUid));
        bytes.AddRange([role.Scu ? (byte)1 : (byte)0, role.Scp ? (byte)1 : (byte)0]);
        End(bytes, item);
    }

    private static void Text(List<byte> bytes, byte type, string text)
    {
        var item = Begin(bytes, type);
        bytes.AddRange(Encoding.ASCII.GetBytes(text));
        End(bytes, item);
    }

    private static int Begin(List<byte> bytes, byte type)
    {
        bytes.AddRange([type, 0, 0, 0]);
        return bytes.Count;
    }

    private static void End(List<byte> bytes, int start)
    {
        var length = checked((ushort)(bytes.Count - start));
        (bytes[start - 2], bytes[start - 1]) = ((byte)(length >> 8), (byte)length);
    }

    private static void UInt16(List<byte> bytes, ushort value) => bytes.AddRange([(byte)(value >> 8), (byte)value]);

    private static byte[] Finish(List<byte> bytes)
    {
        var pdu = bytes.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(pdu.AsSpan(2), (uint)pdu.Length - PduFraming.HeaderLength);
        return pdu;
    }

    private static byte[] Four(PduType type, byte a, byte b, byte c, byte d) => [(byte)type, 0, 0, 0, 0, 4, a, b, c, d];
}
