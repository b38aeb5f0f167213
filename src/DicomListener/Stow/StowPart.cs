using System.Buffers;
using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>One object of a store request on its way to the intake, by the same door as a C-STORE (PS3.18 §10.5).</summary>
internal sealed class StowPart(ReceivedAssociation session)
{
    /// <summary>A transfer syntax that is not taken (PS3.18 table 10.5.3-2, after PS3.7 Annex C).</summary>
    private const ushort TransferSyntaxNotSupported = 0xC122;

    /// <summary>Streams it to the spool.</summary>
    /// <returns>What becomes of it, once it is durable: the next can be read meanwhile.</returns>
    /// <exception cref="IOException">The request broke off; nothing of the object remains.</exception>
    public async Task<Task<StowOutcome>> ReceiveAsync(Stream file, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Part10Prefix.MaxLength);
        try
        {
            var count = await file.ReadAtLeastAsync(buffer.AsMemory(0, Part10Prefix.MaxLength), Part10Prefix.MaxLength, false, cancel);
            if (Read(buffer.AsSpan(0, count)) is not { } prefix)
                return await RefuseAsync(null, DimseStatus.CannotUnderstand, "The part is no DICOM file.", file, cancel);
            if (!SopClasses.IsStorage(prefix.SopClassUid.Value))
                return await RefuseAsync(prefix, DimseStatus.SopClassNotSupported, "The SOP class is not one of storage.", file, cancel);
            if (!TransferSyntaxes.IsKnown(prefix.TransferSyntaxUid))
                return await RefuseAsync(prefix, TransferSyntaxNotSupported, "The transfer syntax is not known.", file, cancel);

            var request = new StoreRequest(prefix.SopClassUid, prefix.SopInstanceUid, prefix.TransferSyntaxUid);
            var sink = await session.BeginAsync(request, cancel);
            try
            {
                await sink.WriteAsync(new(buffer.AsMemory(prefix.DataSetOffset, count - prefix.DataSetOffset)), cancel);
                for (int read; (read = await file.ReadAsync(buffer, cancel)) > 0;)
                    await sink.WriteAsync(new(buffer.AsMemory(0, read)), cancel);
            }
            catch
            {
                await sink.DisposeAsync();
                throw;
            }
            return Task.Run(() => CompleteAsync(sink, request), CancellationToken.None);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<StowOutcome> CompleteAsync(IStoreSink sink, StoreRequest request)
    {
        await using (sink)
            return new(request.SopClassUid, request.SopInstanceUid, (await sink.CompleteAsync()).Status);
    }

    private static Part10Prefix? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Part10Prefix.Parse(bytes);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Reads past it, and writes the refusal down.</summary>
    private async Task<Task<StowOutcome>> RefuseAsync(
        Part10Prefix? prefix, ushort status, string why, Stream file, CancellationToken cancel)
    {
        await file.CopyToAsync(Stream.Null, cancel);
        await session.RefusedAsync(new(status, why));
        return Task.FromResult<StowOutcome>(new(prefix?.SopClassUid, prefix?.SopInstanceUid, status));
    }
}
