using System.Buffers;

namespace Gateway.DicomNetwork;

/// <summary>Bodies of complete PDUs to records. Items we do not know are skipped, as PS3.8 §9.3.1 asks.</summary>
internal static class PduParser
{
    /// <summary>PS3.8 §9.3.2.2: ids are odd, so 128 is all there can be.</summary>
    private const int MaxContexts = 128;

    private const int MaxTransferSyntaxes = 256;

    /// <summary>PS3.8 §9.3.2, Table 9-11.</summary>
    public static AssociateRequestPdu ReadAssociateRequest(ReadOnlySequence<byte> body)
    {
        var pdu = new PduReader(body);
        var version = pdu.ReadUInt16();    // 7-8 protocol version
        pdu.Skip(2);                       // 9-10 reserved
        var called = pdu.ReadAeTitle();    // 11-26 called AE title
        var calling = pdu.ReadAeTitle();   // 27-42 calling AE title
        pdu.Skip(32);                      // 43-74 reserved

        var (application, contexts, user) = ("", new List<ProposedContext>(), new UserInformation());
        while (!pdu.End)
        {
            var item = pdu.ReadItem(out var type);
            switch (type)
            {
                case ItemType.ApplicationContext:
                    application = item.ReadText();
                    break;
                case ItemType.ProposedContext:
                    contexts.Add(ReadProposedContext(ref item));
                    if (contexts.Count > MaxContexts)
                        throw new PduException(AbortReason.InvalidPduParameterValue, "More than 128 presentation contexts.");
                    break;
                case ItemType.UserInformation:
                    user = ReadUserInformation(ref item);
                    break;
            }
        }

        if (contexts.Select(c => c.Id).Distinct().Count() != contexts.Count || contexts.Any(c => c.Id % 2 == 0))
            throw new PduException(AbortReason.InvalidPduParameterValue, "Presentation context ids must be odd and different.");
        return new(version, called, calling, application, contexts, user);
    }

    /// <summary>PS3.8 §9.3.3, Table 9-17.</summary>
    public static AssociateAcceptPdu ReadAssociateAccept(ReadOnlySequence<byte> body)
    {
        var pdu = new PduReader(body);
        pdu.Skip(4);                       // 7-10 protocol version, reserved
        var called = pdu.ReadAeTitle();    // 11-26 reserved: the called AE title, not to be tested
        var calling = pdu.ReadAeTitle();   // 27-42 reserved: the calling AE title
        pdu.Skip(32);                      // 43-74 reserved

        var (contexts, user) = (new List<NegotiatedContext>(), new UserInformation());
        while (!pdu.End)
        {
            var item = pdu.ReadItem(out var type);
            if (type == ItemType.NegotiatedContext)
                contexts.Add(ReadNegotiatedContext(ref item));
            else if (type == ItemType.UserInformation)
                user = ReadUserInformation(ref item);
        }

        return new(called, calling, contexts, user);
    }

    /// <summary>PS3.8 §9.3.4, Table 9-21.</summary>
    public static AssociationRejection ReadAssociateReject(ReadOnlySequence<byte> body)
    {
        var pdu = new PduReader(body);
        pdu.Skip(1);                                                 // 7 reserved
        return new(pdu.ReadByte(), pdu.ReadByte(), pdu.ReadByte());  // 8 result, 9 source, 10 reason
    }

    /// <summary>PS3.8 §9.3.8, Table 9-26.</summary>
    public static AbortPdu ReadAbort(ReadOnlySequence<byte> body)
    {
        var pdu = new PduReader(body);
        pdu.Skip(2);                                 // 7-8 reserved
        return new(pdu.ReadByte(), pdu.ReadByte());  // 9 source, 10 reason
    }

    private static ProposedContext ReadProposedContext(ref PduReader item)
    {
        var id = item.ReadByte();  // 5 presentation context id
        item.Skip(3);              // 6-8 reserved
        var (abstractSyntax, transferSyntaxes) = ("", new List<string>());
        while (!item.End)
        {
            var sub = item.ReadItem(out var type);
            if (type == ItemType.AbstractSyntax)
                abstractSyntax = sub.ReadText();
            else if (type == ItemType.TransferSyntax && transferSyntaxes.Count < MaxTransferSyntaxes)
                transferSyntaxes.Add(sub.ReadText());
        }

        return new(id, abstractSyntax, transferSyntaxes);
    }

    private static NegotiatedContext ReadNegotiatedContext(ref PduReader item)
    {
        var id = item.ReadByte();      // 5 presentation context id
        item.Skip(1);                  // 6 reserved
        var result = item.ReadByte();  // 7 result
        item.Skip(1);                  // 8 reserved
        var transferSyntax = "";
        while (!item.End)
        {
            var sub = item.ReadItem(out var type);
            if (type == ItemType.TransferSyntax)
                transferSyntax = sub.ReadText();
        }

        return new(id, result, transferSyntax);
    }

    /// <summary>PS3.7 §D.3.3.4.1, Table D.3-9.</summary>
    private static RoleSelection ReadRole(ref PduReader item)
    {
        var length = item.ReadUInt16();    // 5-6 UID length
        return new(item.ReadText(length), item.ReadByte() == 1, item.ReadByte() == 1);
    }

    private static UserInformation ReadUserInformation(ref PduReader item)
    {
        var user = new UserInformation();
        while (!item.End)
        {
            var sub = item.ReadItem(out var type);
            user = type switch
            {
                ItemType.MaxLength => user with { MaxPduLength = sub.ReadUInt32() },
                ItemType.ImplementationClass => user with { ImplementationClassUid = sub.ReadText() },
                ItemType.AsynchronousOperations => user with { AsynchronousOperations = (sub.ReadUInt16(), sub.ReadUInt16()) },
                ItemType.RoleSelection when user.Roles.Count < MaxContexts => user with { Roles = [.. user.Roles, ReadRole(ref sub)] },
                ItemType.ImplementationVersion => user with { ImplementationVersion = sub.ReadText() },
                _ => user,
            };
        }

        return user;
    }
}
