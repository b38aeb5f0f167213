namespace Gateway.TrainingWorker.Training;

/// <summary>A mean of numbers that come one by one.</summary>
internal sealed class Mean
{
    private double _sum;

    public int Count { get; private set; }

    /// <summary>Null before the first number.</summary>
    public double? Value => Count == 0 ? null : _sum / Count;

    public void Add(double number) => (_sum, Count) = (_sum + number, Count + 1);

    /// <summary>As one number, whatever it is the mean of; nothing if it is of none.</summary>
    public void Add(Mean other)
    {
        if (other.Value is { } value)
            Add(value);
    }
}
