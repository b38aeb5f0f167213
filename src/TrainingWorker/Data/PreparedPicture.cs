namespace Gateway.TrainingWorker.Data;

/// <summary>One prepared slice in memory.</summary>
/// <param name="Name">File name without folder and extension.</param>
/// <param name="Size">Width and height in pixels.</param>
/// <param name="Grey">Row-major; the network's value is grey / 127.5 - 1.</param>
public sealed record PreparedPicture(string Name, int Size, ReadOnlyMemory<byte> Grey);
