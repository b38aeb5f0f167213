using System.Buffers;

namespace Gateway.DicomNetwork;

/// <summary>A whole DIMSE message from the peer, put together from PDVs (PS3.7 §6.3, PS3.8 Annex E).</summary>
internal sealed class ReceivedMessage
{
    private readonly ArrayBufferWriter<byte> _command = new(512);
    private readonly ArrayBufferWriter<byte> _dataSet = new();

    /// <summary>Known once the command set is whole.</summary>
    public CommandSet? Command { get; private set; }

    public byte ContextId { get; private set; }

    public ReadOnlyMemory<byte> DataSet => _dataSet.WrittenMemory;

    /// <summary>Takes the body of one P-DATA-TF.</summary>
    /// <returns>Whether the message is whole now.</returns>
    /// <exception cref="PduException">Out of order, or longer than anything an SCU is sent.</exception>
    public bool Take(ReadOnlySequence<byte> body)
    {
        var whole = false;
        while (!body.IsEmpty)
        {
            var pdv = Pdv.Take(ref body);
            if (whole || pdv.IsCommand != Command is null)
                throw new PduException(AbortReason.UnexpectedPduParameter, "Command and data set PDVs are out of order.");
            whole = pdv.IsCommand ? TakeCommand(pdv) : TakeDataSet(pdv);
        }

        return whole;
    }

    private bool TakeCommand(Pdv pdv)
    {
        Append(_command, pdv, CommandSet.MaxLength);
        if (!pdv.IsLast)
            return false;
        (Command, ContextId) = (CommandSet.Parse(_command.WrittenSpan), pdv.ContextId);
        return !Command.HasDataSet;
    }

    private bool TakeDataSet(Pdv pdv)
    {
        Append(_dataSet, pdv, CommitmentDataSet.MaxLength);
        return pdv.IsLast;
    }

    private static void Append(ArrayBufferWriter<byte> bytes, Pdv pdv, int limit)
    {
        if (bytes.WrittenCount + pdv.Data.Length > limit)
            throw new PduException(AbortReason.InvalidPduParameterValue, "The message is too long.");
        foreach (var segment in pdv.Data)
            bytes.Write(segment.Span);
    }
}
