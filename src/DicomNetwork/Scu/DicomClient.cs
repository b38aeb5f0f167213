using System.Runtime.CompilerServices;

namespace Gateway.DicomNetwork;

/// <summary>DICOM SCU of Verification and Storage (PS3.4 §A, §B): files go to the wire as they are, or, to a peer that does not take
/// their transfer syntax, written anew in an uncompressed one. Pixel data are never left out.</summary>
/// <remarks>Holds one PDU and the headers of at most a thousand files, whatever their size and number; of a file that is written anew, that
/// file.</remarks>
public sealed partial class DicomClient(DicomClientOptions options, TimeProvider time)
{
    /// <summary>C-ECHO (PS3.7 §9.1.5).</summary>
    /// <returns>The peer's status: one of <see cref="DimseStatus"/>.</returns>
    /// <exception cref="DicomNetworkException">No association, or none that lasted.</exception>
    public async Task<ushort> EchoAsync(CancellationToken cancel = default)
    {
        ProposedContext[] contexts = [new(1, SopClasses.Verification, [TransferSyntaxes.ImplicitLittleEndian])];
        await using var association = await RequestedAssociation.OpenAsync(options, contexts, time, cancel);
        if (!association.Accepted.ContainsKey(1))
            return DimseStatus.SopClassNotSupported;

        var response = await association.InvokeAsync(1, EchoRequest, null, cancel);
        await association.ReleaseAsync(cancel);
        return response.Status;
    }

    /// <inheritdoc cref="StoreAsync(IAsyncEnumerable{Part10Source}, CancellationToken)"/>
    public IAsyncEnumerable<StoreResult> StoreAsync(IEnumerable<Part10Source> files, CancellationToken cancel = default) =>
        StoreAsync(files.ToAsyncEnumerable(), cancel);

    /// <summary>C-STORE of Part 10 files, in order; one association takes up to a thousand (PS3.7 §9.1.1).</summary>
    /// <returns>The result of each file, as soon as it is known. A file that cannot be sent is a result, not an exception.</returns>
    /// <exception cref="DicomNetworkException">The association was refused or did not last: files without a result yet have no known
    /// fate.</exception>
    public async IAsyncEnumerable<StoreResult> StoreAsync(
        IAsyncEnumerable<Part10Source> files, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var batch = new StoreBatch(options.Decompress is not null);
        await foreach (var file in files.WithCancellation(cancel))
        {
            var (head, error) = await ReadHeadAsync(file, cancel);
            if (head is null)
            {
                yield return new(file, null, null, error!.Message) { Unread = error };
                continue;
            }

            if (batch.TryAdd(head))
                continue;
            await foreach (var result in SendAsync(batch, cancel))
                yield return result;
            batch = new(options.Decompress is not null);
            batch.TryAdd(head);
        }

        await foreach (var result in SendAsync(batch, cancel))
            yield return result;
    }

    private async IAsyncEnumerable<StoreResult> SendAsync(StoreBatch batch, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (batch.Files.Count == 0)
            yield break;

        await using var association = await RequestedAssociation.OpenAsync(options, batch.Contexts, time, cancel);
        foreach (var file in batch.Files)
            yield return await SendAsync(association, batch, file, cancel);
        await association.ReleaseAsync(cancel);
    }

    private async Task<StoreResult> SendAsync(
        RequestedAssociation association, StoreBatch batch, Part10Head file, CancellationToken cancel)
    {
        if (batch.Choose(file, association.Accepted) is not { } context)
            return new(file.Source, file.SopInstanceUid.Value, null, Refusal(batch, file, association.Accepted));

        var (dataSet, error) = await OpenDataSetAsync(file, context.TransferSyntaxes[0], cancel);
        if (dataSet is null)
            return new(file.Source, file.SopInstanceUid.Value, null, error!.Message) { Unread = error };

        await using (dataSet)
        {
            var response = await association.InvokeAsync(context.Id, id => StoreRequest(id, file), dataSet, cancel);
            return new(file.Source, file.SopInstanceUid.Value, response.Status, response.ErrorComment);
        }
    }

    private static async Task<(Part10Head? Head, Exception? Error)> ReadHeadAsync(Part10Source file, CancellationToken cancel)
    {
        try
        {
            return (await Part10Head.ReadAsync(file, cancel), null);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return (null, error);
        }
    }

    private static string Refusal(StoreBatch batch, Part10Head file, IReadOnlyDictionary<byte, string> accepted) =>
        batch.Contexts.Any(context => context.AbstractSyntax == file.SopClassUid.Value && accepted.ContainsKey(context.Id))
            ? $"The peer does not take this SOP class in the file's transfer syntax {file.TransferSyntaxUid}, nor can the file be sent in one that it takes."
            : "The peer does not take this SOP class.";

    private async Task<(Stream? DataSet, Exception? Error)> OpenDataSetAsync(
        Part10Head file, string transferSyntax, CancellationToken cancel)
    {
        try
        {
            return (transferSyntax == file.TransferSyntaxUid
                ? file.OpenDataSet() : await file.RewriteAsync(transferSyntax, options.Decompress, cancel), null);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException or DicomException)
        {
            return (null, error);
        }
    }

    private static CommandSet EchoRequest(ushort messageId) => new()
    {
        Field = CommandField.EchoRequest,
        MessageId = messageId,
        AffectedSopClassUid = SopClasses.Verification,
        HasDataSet = false,
    };

    private CommandSet StoreRequest(ushort messageId, Part10Head file) => new()
    {
        Field = CommandField.StoreRequest,
        MessageId = messageId,
        Priority = options.IsHigh ? (ushort)1 : (ushort)0,
        AffectedSopClassUid = file.SopClassUid.Value,
        AffectedSopInstanceUid = file.SopInstanceUid.Value,
        HasDataSet = true,
    };
}
