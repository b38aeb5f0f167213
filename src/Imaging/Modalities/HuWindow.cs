namespace Gateway.Imaging.Modalities;

/// <summary>The CT numbers a model knows: a property of its training set, written into its metadata.</summary>
public readonly record struct HuWindow(float Low, float High)
{
    /// <summary>-20 to 100 HU, the window of the windowed head CT the shipped models were trained with.</summary>
    public static HuWindow Brain { get; } = new(-20, 100);

    /// <summary>Clips, and scales to [-1, 1].</summary>
    public float ToUnit(float hu) => (Math.Clamp(hu, Low, High) - Low) / (High - Low) * 2 - 1;

    public float FromUnit(float value) => (Math.Clamp(value, -1, 1) + 1) / 2 * (High - Low) + Low;
}
