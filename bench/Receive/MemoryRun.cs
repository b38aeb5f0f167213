using Gateway.DicomNetwork;

namespace Gateway.Receive;

/// <summary>One multi-frame object of 2 GB, from our SCU to each of our receivers.</summary>
internal static class MemoryRun
{
    private const int Frames = 4_096;
    private const int FrameBytes = 512 * 512 * 2;

    /// <returns>By receiver.</returns>
    public static async Task<Dictionary<string, Pass>> MeasureAsync(
        IReadOnlyList<Receiver> receivers, string folder, CancellationToken cancel)
    {
        var passes = new Dictionary<string, Pass>();
        var file = Draw(folder);
        foreach (var receiver in receivers.Where(receiver => receiver.Name is Programs.Bytes or Programs.Durable))
        {
            passes[receiver.Name] = await Pass.MeasureAsync(receiver, () => SendAsync(receiver, file, cancel), cancel);
            receiver.Empty();
        }

        return passes;
    }

    private static async Task SendAsync(Receiver receiver, string file, CancellationToken cancel)
    {
        await foreach (var result in receiver.Client().StoreAsync([Part10Source.File(file)], cancel))
            if (!result.IsStored)
                throw new InvalidOperationException($"{receiver.Name} refused the large object: {result.Status:X4} {result.Error}");
    }

    /// <summary>The header of one frame, its pixels made 4,096 as long; a file with a hole.</summary>
    private static string Draw(string folder)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, "large.dcm");
        new DicomFile(SyntheticImage.Create(new()
        {
            Modality = "XA",
            SopClass = DicomUID.EnhancedXAImageStorage,
            Study = "2.25.7465737.1",
            Number = 1,
            Side = 512,
            Pixels = new byte[FrameBytes],
            Frames = Frames,
        })).Save(path);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        var header = RandomAccess.GetLength(file) - FrameBytes;
        RandomAccess.Write(file, BitConverter.GetBytes((uint)(FrameBytes * (long)Frames)), header - 4);
        RandomAccess.SetLength(file, header + FrameBytes * (long)Frames);
        return path;
    }
}
