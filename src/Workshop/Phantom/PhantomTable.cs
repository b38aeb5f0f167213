namespace Gateway.Workshop.Phantom;

/// <summary>The head rest of a CT scanner: a shallow trough under the head, a dense shell round a foam core.</summary>
internal sealed class PhantomTable
{
    private const float Shell = 1.6f;

    private readonly float _radius;
    private readonly float _bottom;
    private readonly float _halfWidth;
    private readonly float _thickness;
    private readonly float _shell;
    private readonly float _offset;

    public PhantomTable(PhantomRandom random, float headHalfLength)
    {
        _radius = random.Uniform(115, 190);
        _bottom = headHalfLength + random.Uniform(19, 28);
        _halfWidth = random.Uniform(85, 125);
        _thickness = random.Uniform(3, 11);
        _shell = random.Uniform(100, 700);
        _offset = random.Uniform(-8, 8);
    }

    /// <summary>HU at LPS (x, y) outside the head, of the table or of air. Edges are spread over 1 mm, as in a voxel.</summary>
    public float HounsfieldAt(float x, float y)
    {
        var across = x - _offset;
        var centre = _bottom - _radius;
        if (Math.Abs(across) > _halfWidth || y < centre)
            return -1000;
        var depth = MathF.Sqrt((across * across) + ((y - centre) * (y - centre))) - _radius;
        var inside = Math.Min(depth, _thickness - depth);
        var cover = Math.Clamp(inside + 0.5f, 0, 1);
        var shell = Math.Clamp(Shell + 0.5f - inside, 0, 1);
        return -1000 + (cover * (1000 - 850 + (shell * (_shell + 850))));
    }
}
