using System.Numerics;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.LabelHeads;

/// <summary>One way in which a head lies in a scanner, of another size and slightly another shape. Sides are kept.</summary>
internal sealed class HeadPose
{
    private readonly Vector3 _centre;
    private readonly Vector3 _across;
    private readonly Vector3 _down;
    private readonly Vector3 _up;
    private readonly WaveNoise[] _warp;
    private readonly float _warpMm;

    /// <param name="frame">The head's own axes.</param>
    /// <param name="random">Draws tilt (6 degrees), roll, yaw, size (4 %), place and shape.</param>
    /// <param name="turns">Tilt, roll and yaw in degrees, in place of those drawn.</param>
    public HeadPose(HeadFrame frame, PhantomRandom random, Vector3? turns = null)
    {
        var drawn = new Vector3(random.Normal(0, 6), random.Normal(0, 2), random.Normal(0, 4));
        var (pitch, roll, yaw) = (turns?.X ?? drawn.X, turns?.Y ?? drawn.Y, turns?.Z ?? drawn.Z);
        var tilt = Quaternion.CreateFromAxisAngle(Vector3.UnitX, Degrees(pitch))
            * Quaternion.CreateFromAxisAngle(Vector3.UnitY, Degrees(roll))
            * Quaternion.CreateFromAxisAngle(Vector3.UnitZ, Degrees(yaw));
        var turn = frame.Turn * tilt;
        var size = random.Normal(1, 0.035f);
        _across = Vector3.Transform(Vector3.UnitX, turn) * size * random.Normal(1, 0.025f);
        _down = Vector3.Transform(Vector3.UnitY, turn) * size * random.Normal(1, 0.025f);
        _up = Vector3.Transform(Vector3.UnitZ, turn) * size * random.Normal(1, 0.025f);
        Raised = random.Normal(0, 2.5f);
        _centre = frame.Centre + (_up * Raised);
        ShiftX = random.Normal(0, 4);
        ShiftY = random.Normal(0, 4);
        _warp = [Waves(random), Waves(random), Waves(random)];
        _warpMm = random.Uniform(0.3f, 2.2f);
    }

    /// <summary>How far the middle of the brain lies from the middle of the picture, mm.</summary>
    public float ShiftX { get; }

    public float ShiftY { get; }

    /// <summary>How far the frame's level lies below 0, mm.</summary>
    public float Raised { get; }

    /// <summary>The label map's position seen at a place: x to the left, y to the back, z above the reference's level, mm.</summary>
    public Vector3 At(float x, float y, float z)
    {
        var p = _centre + (_across * (x - ShiftX)) + (_down * (y - ShiftY)) + (_up * z);
        return p + (_warpMm * new Vector3(_warp[0].Value(p), _warp[1].Value(p), _warp[2].Value(p)));
    }

    /// <summary>The level at which a position of the label map is seen, but for the warp.</summary>
    public float LevelOf(Vector3 position) => Vector3.Dot(position - _centre, _up) / _up.LengthSquared();

    private static WaveNoise Waves(PhantomRandom random) => new(random, 1, 50, 150);

    private static float Degrees(float degrees) => degrees * MathF.PI / 180;
}
