namespace Gateway.TrainingWorker.Weights;

/// <summary>What one file may make us keep: bytes from outside must not choose how much memory is taken.</summary>
/// <param name="fileBytes">Length of the file.</param>
internal sealed class WeightBudget(long fileBytes)
{
    private const int Tensors = 20_000;
    private const int NameLength = 512;
    private const int Rank = 8;
    private const long SmallFile = 1 << 24;

    // A packed file grows, two names may share one storage.
    private const int Growth = 8;

    private long _left = Growth * Math.Max(fileBytes, SmallFile) / sizeof(float);
    private int _tensors;

    /// <summary>Allows one more tensor.</summary>
    /// <returns>The number of its values.</returns>
    /// <exception cref="InvalidDataException">It, or all together, is larger than such a file may hold.</exception>
    public int Take(string name, IReadOnlyList<long> shape)
    {
        if (++_tensors > Tensors)
            throw new InvalidDataException($"More than {Tensors} tensors.");
        if (name.Length is 0 or > NameLength || name.Any(char.IsControl))
            throw new InvalidDataException("A tensor's name is empty, too long, or holds control characters.");
        if (shape.Count > Rank || shape.Any(size => size is < 0 or > int.MaxValue))
            throw new InvalidDataException($"{name} has an impossible shape.");
        var count = shape.Aggregate((Int128)1, (product, size) => product * size);
        if (count > _left)
            throw new InvalidDataException($"{name} makes the file's tensors larger than a file of {fileBytes} bytes may hold.");
        _left -= (long)count;
        return (int)count;
    }
}
